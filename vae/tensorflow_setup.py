"""Importing TensorFlow without what its C++ side says at start-up.

TensorFlow writes to file descriptor 2 before its log levels apply, so they alone cannot silence it.
While it is imported and finds its devices, the descriptor leads to a temporary file; afterwards the
lines that are not known chatter are passed on, and after an error all of them.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

# Information and warnings of the log, and the three lines that come without a level, or, for a
# machine without a graphics card, with the wrong one.
CHATTER = re.compile(
    rb"[IW]\d{4} \d\d:\d\d:"
    rb"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IW] "
    rb"|WARNING: All log messages before absl::InitializeLog"
    rb"|To enable the following instructions:"
    rb"|E\d{4} .*failed call to cuInit"
)
STANDARD_ERROR = 2


def load_tensorflow() -> None:
    """Import TensorFlow and Keras and let them find their devices; later calls do nothing new."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # The standalone Keras takes its backend from here; another one could not train this network.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    with without_chatter():
        import tensorflow

        tensorflow.config.list_logical_devices()
    # A process that trains several networks, each with its own compiled epoch, is warned about that.
    tensorflow.get_logger().setLevel("ERROR")


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
    """Write the lines of a file that do not start as `chatter` to standard error."""
    written.seek(0)
    for line in written:
        if chatter is None or not chatter.match(line):
            os.write(STANDARD_ERROR, line)
