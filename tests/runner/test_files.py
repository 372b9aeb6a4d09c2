"""Each file of a run is made by itself: one that fails is named, and spoils no other."""

from contextlib import contextmanager

import pytest
from folders import content, read

import runner.figures.figures as figures_room
import runner.page.notebook as notebook_room
import runner.page.page as page_room
from main import main
from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.experiment import Experiment
from runner.figures.film.film import Film
from runner.files import write_tables
from runner.storage.folder import OutputFolder
from runner.tables.tables import TABLES

WORDS = ["mode=DAE", "noisy_copies=2", "noise_probability=0.1", "epochs=30", "font_subset_size=6"]
NETWORK = ["neurons_per_layer=[8]", "generate=[[0,0.2]]", "restarts=2"]
PAGES = ["explore.html", "notebook.html"]
PLOTS = [
    f"plots/{name}.png"
    for name in (
        *("error", "reconstructions", "latent_map", "latent_glyphs", "character_errors", "pixel_values"),
        *("denoising", "decoded_grid", "interpolations", "generated"),
    )
]
FILM = {"plots/training.gif": "gif", "plots/training.png": "png"}
FILES = [*TABLES, *PLOTS, *FILM, *PAGES]


class Fault(RuntimeError):
    """A fault of the program, in the middle of a file."""


def fail(*_):
    raise Fault("no more\nthan this")


@contextmanager
def failing(names):
    """Inside, the files of these names fail."""
    drawings = figures_room.drawings

    def broken_drawings(result):
        return ((name, fail if f"plots/{name}" in names else draw) for name, draw in drawings(result))

    with pytest.MonkeyPatch.context() as patch:
        for name in TABLES.keys() & set(names):
            patch.setitem(TABLES, name, fail)
        patch.setattr(figures_room, "drawings", broken_drawings)
        for name in FILM.keys() & set(names):
            patch.setattr(Film, FILM[name], fail)
        if "explore.html" in names:
            patch.setattr(page_room, "page", fail)
        if "notebook.html" in names:
            patch.setattr(notebook_room, "notebook", fail)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run of which nothing is missing."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "config.json").write_text("{}")
    config = str(folder / "config.json")
    assert main([config, *WORDS, *NETWORK, "--results", str(folder), "--name", "whole", "--quiet"]) == 0
    return folder / "whole"


def test_these_are_all_files(whole):
    assert {path.relative_to(whole).as_posix() for path in whole.rglob("*.*")} >= set(FILES)
    assert len(list((whole / "plots").iterdir())) == len([*PLOTS, *FILM])


# Every file fails once; its neighbours do not, or all of them do.
@pytest.mark.parametrize("broken", [FILES[::2], FILES[1::2], FILES], ids=["even", "odd", "all"])
def test_what_fails_is_named_and_made_by_resume_without_training(here, whole, broken, capsys, monkeypatch):
    with failing(broken):
        assert main([*WORDS, *NETWORK, "--name", "run"]) == 0
    folder, said = here / "results" / "run", capsys.readouterr().out
    record, expected = read(folder / "run.json"), content(whole)
    assert record["status"] == "done"
    assert record["missing"] == dict.fromkeys(broken, "Fault: no more\nthan this")
    there = {name for name in content(folder) if not name.startswith("checkpoint/")}
    assert there == set(expected) - set(broken)
    for name in broken:
        assert f"{name} could not be made (Fault: no more)\n" in said
    assert "Traceback" not in said
    assert (folder / "log.txt").read_text().count("Traceback") == len(broken)
    assert f"--resume {folder.relative_to(here)}" in said

    monkeypatch.setattr(Experiment, "run", lambda *_: pytest.fail("it was trained again"))
    assert main(["--resume", str(folder), "--quiet"]) == 0
    assert "missing" not in read(folder / "run.json")
    assert content(folder) == expected
    summaries = [read(path / "summary.json") for path in (folder, whole)]
    assert summaries[0].keys() == summaries[1].keys()
    assert main(["--resume", str(folder)]) == 0
    assert "is finished" in capsys.readouterr().out


def test_a_fault_that_stays_is_named_again(here):
    with failing(["grid.csv"]):
        assert main([*WORDS, *NETWORK, "plots=false", "--name", "run", "--quiet"]) == 0
        assert main(["--resume", "results/run", "--quiet"]) == 0
    record = read(here / "results" / "run" / "run.json")
    assert (record["status"], list(record["missing"])) == ("done", ["grid.csv"])


def test_a_disk_that_takes_no_more_is_no_fault_of_a_file(default_result, tmp_path):
    (tmp_path / "metrics.csv").mkdir()  # A folder in the place of the first file.
    with pytest.raises(UserError, match=r"metrics\.csv: cannot be written"):
        write_tables(default_result, OutputFolder(tmp_path), Terminal(quiet=True))
