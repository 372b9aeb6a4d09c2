"""Mistakes of the user: the nearest name, and one message instead of a traceback."""

import pytest

from main import main
from runner.config.errors import did_you_mean

NAMES = ["font_set", "font_subset_size", "DAE", "beta"]


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        ("font_sett", "font_set"),
        ("fontset", "font_set"),
        ("FONT_SUBSET_SIZ", "font_subset_size"),
        ("betta", "beta"),
        ("dea", "DAE"),
    ],
)
def test_the_nearest_name_is_named_as_it_is_spelled(given, nearest):
    assert did_you_mean(given, NAMES) == f' (did you mean "{nearest}"?)'


@pytest.mark.parametrize("given", ["", "qqqq", "12345"])
def test_nothing_is_named_when_nothing_is_near(given):
    assert did_you_mean(given, NAMES) == ""


def test_nothing_is_named_when_nothing_is_allowed():
    assert did_you_mean("beta", []) == ""


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "config.json: no such file"),
        (["none.json"], "none.json: no such file"),
        (["empty.json", "epoch=3"], 'epoch: unknown key (did you mean "epochs"?)'),
        (["empty.json", "font_set=font9"], "font1, font2, font3"),
        (["empty.json", "neurons_per_layer=[20"], "neurons_per_layer: not valid JSON"),
        (["empty.json", "none.json"], "none.json: no such file"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2_and_nothing_is_written(
    tmp_path, monkeypatch, capsys, arguments, part
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.json").write_text("{}")
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert part in err
    assert [path.name for path in tmp_path.iterdir()] == ["empty.json"]


@pytest.mark.parametrize(
    "font",
    [
        pytest.param("a" * 5000, id="longer than a file name may be"),
        pytest.param("~nosuchuser/font.bdf", id="home of an unknown user"),
    ],
)
def test_a_font_that_cannot_be_a_file_is_a_mistake_of_the_user(tmp_path, monkeypatch, font):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.json").write_text("{}")
    assert main(["empty.json", f"font_set={font}"]) == 2


@pytest.mark.parametrize(
    "text",
    [r'{"note": "\ud800"}', r'{"sweep": [{"\ud800": [1]}]}'],
    ids=["in a value", "in a key of a sweep"],
)
def test_half_a_character_is_a_mistake_of_the_user(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "half.json").write_text(text)
    assert main(["half.json", "epochs=1", "plots=false", "--quiet"]) == 2
    assert not (tmp_path / "results").exists()
