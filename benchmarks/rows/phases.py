"""Where the time of one run goes: `python -m benchmarks.rows.phases key=value …` prints seconds in JSON.

The steps are those of main.py and `runner.run`, one after the other, with a look at the clock between.
`phases` are the parts of the run; `files` the time to compute, draw and write each file.
"""

import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from runner.console.process import tune_process


class Stopwatch:
    """Seconds since the last look, by name."""

    def __init__(self):
        self._last = perf_counter()
        self.seconds: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """What passed since the last lap was `name`."""
        now = perf_counter()
        self.seconds[name] = now - self._last
        self._last = now


def main(arguments: list[str]) -> None:
    """Run the config and write its files to a temporary folder."""
    tune_process()
    phases = Stopwatch()
    from runner.cli.options import parse_arguments

    options = parse_arguments(arguments)
    phases.lap("command line")
    from runner.config.file import load_config

    config = load_config(options.configs[0], options.overrides)
    phases.lap("config: pydantic")
    from runner.experiment import prepare
    from runner.result.last_words import last_words
    from training.watch import Watch

    experiment = prepare(config)
    phases.lap("data, and imports of the training")
    preparations = note_preparations()
    result = experiment.run(Watch())
    phases.lap("training")
    for seconds in preparations:  # mode VAE says what passed before its first step
        phases.seconds |= {f"… of it {name}": took for name, took in seconds.items()}
    assert result.summary
    last_words(result)
    phases.lap("summary")
    files = write_files(result)
    phases.lap("files")
    print(json.dumps({"phases": phases.seconds, "files": files}))


def note_preparations() -> list[dict[str, float]]:
    """The seconds of import, build and compile of every network of mode VAE from here on."""
    from vae.fitting import Prepared

    noted, prepare = [], Prepared.of

    def noting(*arguments) -> Prepared:
        prepared = prepare(*arguments)
        noted.append(prepared.seconds)
        return prepared

    setattr(Prepared, "of", noting)  # noqa: B010
    return noted


def write_files(result) -> dict[str, float]:
    """The seconds of every file, and of what several of them need."""
    from runner.storage.csv_text import csv_text
    from runner.storage.folder import OutputFolder
    from runner.tables.tables import TABLES

    with tempfile.TemporaryDirectory() as place:
        folder = OutputFolder(Path(place))
        watch = Stopwatch()
        for name, table in TABLES.items():
            folder.write(name, csv_text(table(result)))
            watch.lap(name)
        folder.write("model.npz", result.model_bytes())
        watch.lap("model.npz")
        from runner.figures.figures import draw_figures
        from runner.figures.style import png

        figures = draw_figures(result)
        watch.lap("import of matplotlib")
        for name, figure in figures:
            folder.write(f"plots/{name}", png(figure))
            watch.lap(f"plots/{name}")
        if len(result.moments) > 1:
            from runner.figures.film.film import training_film

            folder.write("plots/training.gif", training_film(result).gif())
            watch.lap("plots/training.gif")
        from runner.page.notebook import notebook
        from runner.page.page import page

        watch.lap("import of the page")
        for name, make in {"explore.html": page, "notebook.html": notebook}.items():
            folder.write(name, make(result))
            watch.lap(name)
    return watch.seconds


if __name__ == "__main__":
    main(sys.argv[1:])
