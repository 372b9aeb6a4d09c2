"""`--decode` draws any point of a finished run and says how new it is."""

import csv
from pathlib import Path

import numpy as np
import pytest

from main import main
from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.decode import decode_and_save
from runner.storage.folder import OutputFolder


@pytest.fixture
def run(tmp_path, default_result):
    """A folder with the model of a finished run."""
    folder = OutputFolder.make(tmp_path, "finished")
    folder.write("model.npz", default_result.model_bytes())
    folder.write("config.json", default_result.config.model_dump_json())
    return folder.path


def test_points_are_decoded_by_the_stored_model(run, default_result):
    terminal = Terminal(quiet=True)
    decode_and_save(run, ["0,0.2", "-1.5,3e0"], terminal)
    with (run / "decoded.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = np.array([float(row["value"]) for row in rows]).reshape(2, 35)
    points = np.array([[0, 0.2], [-1.5, 3]])
    model = default_result.model
    expected = model.network.decode(model.parameters, points)
    np.testing.assert_allclose(values, expected, rtol=1e-12)
    assert (run / "plots" / "decoded.png").read_bytes().startswith(b"\x89PNG")
    assert terminal.log.count("\n") == 3


def test_the_code_of_a_learned_character_is_that_character(run, default_result):
    index = int(np.flatnonzero(~default_result.wrong.any(axis=1))[0])
    word = ",".join(map(repr, default_result.codes.means[index].tolist()))
    terminal = Terminal(quiet=True)
    decode_and_save(run, [word], terminal)
    assert f" is {default_result.data.train.captions[index]}\n" in terminal.log


@pytest.mark.parametrize("word", ["1", "1,2,3", "1,x", "nan,1", "1,inf", ""])
def test_a_word_that_is_no_point_is_a_mistake_with_an_example(run, word):
    with pytest.raises(UserError, match=r"looks like 0,0\.2"):
        decode_and_save(run, [word], Terminal(quiet=True))
    assert not (run / "decoded.csv").exists()


def test_no_points_and_no_run_are_mistakes(run, tmp_path):
    with pytest.raises(UserError, match="at least one point"):
        decode_and_save(run, [], Terminal(quiet=True))
    with pytest.raises(UserError, match="there is no such folder"):
        decode_and_save(tmp_path / "nothing", ["0,0"], Terminal(quiet=True))


def test_of_a_folder_without_a_network_it_is_said_what_it_is(swept, tmp_path):
    folder, _ = swept
    with pytest.raises(UserError, match=r"is a sweep; name one of the runs in it, e\.g\. ") as told:
        decode_and_save(folder, ["0,0"], Terminal(quiet=True))
    assert (Path(str(told.value).rsplit("e.g. ", 1)[1]) / "run.json").exists()


def test_from_the_command_line(run, capsys):
    assert main(["--decode", str(run), "-1,0.5", "0,0.2"]) == 0
    assert "-1,0.5 is " in capsys.readouterr().out


def test_points_of_images_are_decoded_too(tmp_path, image_result):
    folder = OutputFolder.make(tmp_path, "images")
    folder.write("model.npz", image_result.model_bytes())
    folder.write("config.json", image_result.config.model_dump_json())
    decode_and_save(folder.path, ["0,1"], Terminal(quiet=True))
    with (folder.path / "decoded.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30
    expected = image_result.model.trained.decode(np.array([[0.0, 1.0]]))[0]
    np.testing.assert_allclose([float(row["value"]) for row in rows], expected, rtol=1e-5)
