"""The command line: what it takes, its defaults, and how it refuses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from runner import VERSION
from runner.cli.options import EXAMPLES, parse_arguments
from runner.config.errors import UserError
from runner.sweep.workers import Execution

MAIN = Path(__file__).parents[3] / "main.py"


def test_nothing_given_means_the_config_of_the_current_folder():
    options = parse_arguments([])
    assert options.configs == [Path("config.json")]
    assert options.overrides == {}
    assert (options.results, options.name, options.quiet) == (Path("results"), None, False)


def test_several_configs_keep_their_order():
    assert parse_arguments(["b.json", "a.json"]).configs == [Path("b.json"), Path("a.json")]


def test_configs_and_overrides_may_be_mixed():
    options = parse_arguments(["seed=1", "a.json", "epochs=2", "b.json"])
    assert options.configs == [Path("a.json"), Path("b.json")]
    assert options.overrides == {"seed": 1, "epochs": 2}


def test_overrides_alone_apply_to_the_default_config():
    options = parse_arguments(["seed=1"])
    assert (options.configs, options.overrides) == ([Path("config.json")], {"seed": 1})


def test_options_are_read():
    options = parse_arguments(["a.json", "--results", "out dir", "--name", "first", "--quiet"])
    assert (options.results, options.name, options.quiet) == (Path("out dir"), "first", True)


def test_prune_asks_unless_it_is_told_to_be_sure():
    options = parse_arguments(["--prune", "results"])
    assert (options.task, options.run, options.is_sure) == ("prune", Path("results"), False)
    assert parse_arguments(["--prune", "results", "--yes"]).is_sure


def test_options_may_come_first():
    options = parse_arguments(["--quiet", "--results", "out", "a.json", "seed=1"])
    assert (options.configs, options.overrides) == ([Path("a.json")], {"seed": 1})


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ([], []),
        (["0,0.2", "1,0.2"], ["0,0.2", "1,0.2"]),
        (["-1,0.5", "-.5,-2e-3"], ["-1,0.5", "-.5,-2e-3"]),
    ],
)
def test_points_to_decode_may_be_negative(words, points):
    options = parse_arguments(["--decode", "results/latest", *words])
    assert (options.task, options.run) == ("decode", Path("results/latest"))
    assert [point.strip() for point in options.points] == points


def test_without_decode_there_are_no_points():
    options = parse_arguments(["a.json"])
    assert (options.task, options.points) == ("run", [])


def test_what_is_to_be_encoded_may_have_any_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "size=12").mkdir()
    options = parse_arguments(["--encode", "results/latest", "size=12"])
    assert (options.task, options.run, options.unseen) == ("encode", Path("results/latest"), "size=12")


def test_folders_to_compare_keep_their_order():
    options = parse_arguments(["--compare", "results/b", "results/a", "--name", "both"])
    assert (options.task, options.name) == ("compare", "both")
    assert options.folders == [Path("results/b"), Path("results/a")]
    assert parse_arguments(["results/b", "results/a", "--compare"]).folders == options.folders


def test_how_a_sweep_is_executed():
    assert parse_arguments([]).execution == Execution(jobs=None, scheduler=None, shard=(1, 1))
    words = ["--jobs", "3", "--scheduler", "tcp://host:8786", "--shard", "2/5", "--name", "x"]
    assert parse_arguments(words).execution == Execution(3, "tcp://host:8786", (2, 5))
    options = parse_arguments(["--resume", "results/x", "--jobs", "1"])
    assert (options.task, options.run, options.execution) == ("resume", Path("results/x"), Execution(1))


@pytest.mark.parametrize(
    ("option", "text"),
    [("--shard", text) for text in ("0/3", "4/3", "x", "3", "1/0", "-1/3", "1/2/3", "1.5/3", "")]
    + [("--jobs", text) for text in ("0", "-2", "x", "1.5", "")],
)
def test_counts_that_are_none_are_exit_code_2(option, text, capsys):
    with pytest.raises(SystemExit) as left:
        parse_arguments([f"{option}={text}"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert f"argument {option}: got " in said
    assert "_" not in said.splitlines()[-1]
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [["--decode", "a", "--resume", "b"], ["--compare", "a", "--data"], ["--resume", "a", "--compare", "b"]],
)
def test_only_one_thing_can_be_asked_for(words):
    with pytest.raises(UserError, match=r"--\w+ and --\w+ are two things; ask for one of them"):
        parse_arguments(words)


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as left:
        parse_arguments(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"Latent Lab {VERSION}\n"


@pytest.mark.parametrize("arguments", [["--results"], ["--quiet=yes"]])
def test_an_incomplete_option_is_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        parse_arguments(arguments)
    assert left.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_help_works_from_any_folder_and_writes_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, MAIN, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("usage: python main.py")
    for word in (
        "CONFIG.json",
        "key=value",
        "--results",
        "--name",
        "--decode",
        "--encode",
        "--export",
        "--resume",
        "--compare",
        "--runs",
        "--prune",
        "--yes",
        "--jobs",
        "--scheduler",
        "--shard",
        "--quiet",
        "--version",
        "examples:",
    ):
        assert word in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_every_file_that_the_help_names_is_there():
    named = re.findall(r"experiments/[\w./]+", EXAMPLES)
    assert named
    assert [name for name in named if not (MAIN.parent / name).exists()] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--no-such-option"], "--no-such-option: no such option; --help lists all"),
        (["--result", "x"], '--result: no such option (did you mean "results"?)'),
        (["--epochs", "100"], "--epochs: keys are set without dashes: epochs=100"),
        (["--latent-layer-neurons=5"], "keys are set without dashes: latent_layer_neurons=5"),
        (["epochs", "=", "100"], "write key=value without blanks around the ="),
        (["=100"], "write key=value without blanks around the ="),
        (["--resume", "a", "b"], "b: --resume does not use it; it goes on with one run or sweep"),
        (["--resume", "a", "epochs=5"], "epochs=5: --resume does not use it"),
        (["--resume", "a", "--name", "b"], "--name: --resume does not use it; leave it out"),
        (["--decode", "a", "0,1", "seed=3"], "seed=3: --decode looks at finished runs"),
        (["--decode", "a", "0,1", "--jobs", "2"], "--jobs: --decode does not use it"),
        (["--encode", "a", "font1", "seed=3"], "seed=3: --encode looks at finished runs"),
        (["--encode", "a", "font1", "--jobs", "2"], "--jobs: --encode does not use it"),
        (["--encode", "a"], "--encode: name one font or one set of pictures"),
        (["--encode", "a", "font1", "font2"], "got 2"),
        (["--export", "a"], "--export: write what for: --export a keras; got nothing"),
        (["--export", "a", "onnx"], "got onnx"),
        (["--export", "a", "keras", "epochs=3"], "epochs=3: --export looks at finished runs"),
        (["--encode", "a", "--decode", "a"], "--decode and --encode are two things"),
        (["--compare", "a", "b", "seed=3"], "seed=3: --compare looks at finished runs"),
        (["--compare", "a", "b", "--shard", "1/2"], "--shard: --compare does not use it"),
        (["--data", "mnist"], "mnist: --data does not use it"),
        (["--data", "--results", "x"], "--results: --data does not use it"),
        (["--runs", "a", "b"], "b: --runs does not use it"),
        (["--prune", "a", "seed=1"], "seed=1: --prune does not use it"),
        (["--runs", "a", "--yes"], "--yes: --runs does not use it; leave it out"),
        (["a.json", "--yes"], "--yes: a run does not use it; leave it out"),
    ],
)
def test_no_word_and_no_option_is_passed_over(words, said):
    with pytest.raises(UserError) as raised:
        parse_arguments(words)
    assert said in str(raised.value)


def test_a_path_that_exists_is_a_path_whatever_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("lr=0.1", "a=b.json"):
        (tmp_path / name).mkdir()
    assert parse_arguments(["--compare", "lr=0.1", "a=b.json"]).folders == [
        Path("lr=0.1"),
        Path("a=b.json"),
    ]
    options = parse_arguments(["a=b.json", "seed=1"])
    assert (options.configs, options.overrides) == ([Path("a=b.json")], {"seed": 1})


@pytest.mark.parametrize("word", ["-1", "-1e-3", "-0.5,2", "-.5,-1e+3"])
def test_a_negative_point_is_no_option(word):
    assert [point.strip() for point in parse_arguments(["--decode", "x", word]).points] == [word]


@pytest.mark.parametrize("word", ["epochs", "Latent layer neurons"])
def test_a_key_without_a_value_is_no_config(word):
    key = word.lower().replace(" ", "_")
    with pytest.raises(UserError, match=f"{word}: a key is set with a value: write {key}=…"):
        parse_arguments([word])
