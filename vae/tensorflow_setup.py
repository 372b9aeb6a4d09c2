"""Importing TensorFlow without what its C++ side says at start-up.

TensorFlow writes to file descriptor 2 before its log levels apply, so they alone cannot silence it.
While it is imported, finds its devices and compiles, the descriptor leads to a temporary file; afterwards
the lines that are not known chatter are passed on, and after an error all of them.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

# Information and warnings of the log, and lines that come without a level or, though nothing is wrong, as
# errors: on machines with a graphics card, without one, and where a compilation takes its time.
CHATTER = re.compile(
    rb"[IW]\d{4} \d\d:\d\d:"
    rb"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IW] "
    rb"|WARNING: All log messages before absl::InitializeLog"
    rb"|To enable the following instructions:"
    rb"|E\d{4} .*failed call to cuInit"
    rb"|.*\bE.*Unable to register cu\w+ factory"
    rb"|.*\bE.*slow_operation_alarm"
    rb"|\*{8,}$"
    rb"|.*Very slow compile\? "
    rb"|.*is taking a while\.\.\.$"
)
# The drivers of graphics cards make these: NVIDIA's, that of Windows for Linux within it, AMD's.
SIGNS_OF_CARDS = "/dev/nvidiactl", "/dev/dxg", "/dev/kfd"
STANDARD_ERROR = 2


def load_tensorflow() -> None:
    """Import TensorFlow and Keras and let them find their devices; later calls do nothing new."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # The standalone Keras takes its backend from here; another one could not train this network.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    with without_chatter():
        import tensorflow

        cards = tensorflow.config.list_physical_devices("GPU")
        for card in cards:
            # Not all of its memory at once: there are other runs.
            tensorflow.config.experimental.set_memory_growth(card, True)
        tensorflow.config.list_logical_devices()
    if cards:
        # A card adds up in any order unless it is told not to, and a run that goes on would end elsewhere.
        tensorflow.config.experimental.enable_op_determinism()
    # A process that trains several networks, each with its own compiled epoch, is warned about that.
    tensorflow.get_logger().setLevel("ERROR")


def accelerator() -> str | None:
    """The name of the graphics card that TensorFlow computes on, None without one.

    TensorFlow takes seconds to import, so it is asked only where there is a sign of a card.
    """
    if not any(map(os.path.exists, SIGNS_OF_CARDS)):
        return None
    load_tensorflow()
    import tensorflow

    cards = tensorflow.config.list_physical_devices("GPU")
    if not cards:
        return None
    details = tensorflow.config.experimental.get_device_details(cards[0])
    return details.get("device_name", "a graphics card")


@contextmanager
def without_chatter() -> Iterator[None]:
    """Hold back what is written to standard error inside; let go of what is no chatter at the end."""
    try:
        kept = os.dup(STANDARD_ERROR)
    except OSError:  # There is no standard error to keep clean.
        yield
        return
    with tempfile.TemporaryFile() as written:
        os.dup2(written.fileno(), STANDARD_ERROR)
        chatter: re.Pattern | None = None
        try:
            yield
            chatter = CHATTER
        except KeyboardInterrupt:  # says nothing about TensorFlow
            chatter = CHATTER
            raise
        finally:
            os.dup2(kept, STANDARD_ERROR)
            os.close(kept)
            _pass_on(written, chatter)


def _pass_on(written: BinaryIO, chatter: re.Pattern | None) -> None:
    """Write the lines of a file that do not start as `chatter` to standard error, if they say anything."""
    written.seek(0)
    lines = [line for line in written if chatter is None or not chatter.match(line)]
    if any(line.strip() for line in lines):
        os.write(STANDARD_ERROR, b"".join(lines))
