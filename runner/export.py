"""A finished run for other programs: `--export results/<run> keras`."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from runner.console.terminal import Terminal
from runner.library.run import load_run
from runner.storage.folder import OutputFolder


def export_and_save(path: Path, terminal: Terminal) -> None:
    """Write encoder and decoder of a run of mode VAE into its folder, as files that Keras alone can load.

    Raises UserError if there is no finished run, or one of another mode, and without TensorFlow.
    """
    models = load_run(path).keras_models()
    folder = OutputFolder(path)
    for model in models:
        folder.write(f"{model.name}.keras", _keras_file(model))
    names = " and ".join(f"{model.name}.keras" for model in models)
    terminal.say(f"look into {path} for {names}, which need nothing of this project")


def _keras_file(model: Any) -> bytes:
    """The content of the file that Keras writes."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "model.keras"
        model.save(place)
        return place.read_bytes()
