"""Whatever README, docs and `--help` say to type is typed, in a short form where it takes minutes."""

import ast
import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import matplotlib
import pytest
from folders import read
from pages import BLOCKS, FENCED, PAGES, README
from soak.processes import words_of
from soak.values import write_data

from benchmarks.__main__ import ROWS
from main import main
from runner.cli.options import parse_arguments
from runner.config.file import load_config
from runner.storage.latest import point_to
from tools.reference import ROOT

PROGRAM = r"(?:python|make|pip|source|npm|npx|dask) "
TESTS = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))}


def said(*words):
    """What a process in the project's folder prints, which has to end well."""
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


HELP = said(sys.executable, "main.py", "--help")


def commands_of(text):
    """Lines that begin with a program, spans of code that do, and spans that begin with an option."""
    lines = re.findall(rf"^ *({PROGRAM}[^`\n]*)$", text, re.MULTILINE)
    prose = re.sub(r"\n(?=\S)", " ", FENCED.sub("", text))
    spans = re.findall(rf"`((?:{PROGRAM}|--\w)[^`]*)`", prose)
    for written in [*lines, *spans]:
        for command in re.split(r"\s{2,}|\s+#\s", written.strip())[0].split(" && "):
            yield f"python main.py {command}" if command.startswith("--") else command


TEXTS = [HELP, *(page.read_text(encoding="utf-8") for page in PAGES)]
COMMANDS = sorted({command for text in TEXTS for command in commands_of(text)})


# Parts of a config.
SNIPPETS = [json.loads(f"{{{block}}}") for _, language, block in BLOCKS if language == "json"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A folder like that of somebody who has run a few things."""
    place = tmp_path_factory.mktemp("somebody")
    shutil.copy(ROOT / "config.json", place)
    shutil.copytree(ROOT / "experiments", place / "experiments")
    write_data(place)
    sweep = {**SNIPPETS[0], "epochs": 1, "plots": False, "font_subset_size": 6}
    (place / "sweep.json").write_text(json.dumps(sweep))
    letters = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    for folder, font in (("some", "other.ttf"), ("some/folder", "DejaVuSans.ttf")):
        (place / folder).mkdir(exist_ok=True)
        shutil.copy(letters, place / folder / font)
    shutil.copy(ROOT / "fonts" / "font1.bdf", place / "some" / "other.bdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        short = ["epochs=2", "plots=false", "--quiet"]
        assert main([*short, "--name", "b", "seed=1"]) == main([*short, "--name", "a"]) == 0
        axis = ['sweep=[{"seed":[0,1]}]', "--jobs", "1", "--name", "sweep"]
        assert main([*short, *axis]) == 0
        if importlib.util.find_spec("tensorflow"):
            images = ["mode=VAE", "vae_dataset=bare.npz", "neurons_per_layer=[3]", "--name", "vae"]
            assert main([*short, *images]) == 0
            given = ["mode=VAE", "vae_dataset=classes.npz", "conditional=true", "neurons_per_layer=[3]"]
            assert main([*short, *given, "--name", "conditional"]) == 0
        point_to(place / "results" / "a")
    return place


@pytest.fixture
def somebody(finished, tmp_path, monkeypatch):
    """A copy of that folder, as the current one."""
    place = tmp_path / "somebody"
    shutil.copytree(finished, place, symlinks=True)
    monkeypatch.chdir(place)
    monkeypatch.setenv("SLURM_ARRAY_TASK_ID", "1")
    return place


def run_main(command, place):
    """`python main.py`, with what the placeholders stand for, and fewer epochs."""
    words = [word for word in shlex.split(filled(command, place))[2:] if word != "…"]
    if "--export" in words:
        pytest.importorskip("tensorflow")
    options = parse_arguments(words)
    assert main([*words, *(shorter(options) if options.task == "run" else [])]) == 0


def filled(command, place):
    """A command with names in place of `<run>`, and what else stands for something."""
    if re.search(r" \d:", command):
        command = command.replace("<run>", "conditional")
    if "--export" in command:
        command = re.sub(r"results/(<run>|latest)", "results/vae", command)
    if "--prune" in command:
        interrupted = shutil.copytree(place / "results" / "sweep", place / "results" / "interrupted")
        record = read(interrupted / "run.json")
        (interrupted / "run.json").write_text(json.dumps({**record, "status": "interrupted"}))
        command = command.replace("<sweep>", "interrupted") + " --yes"
    if "--gallery" in command:  # those runs have no pictures, and no page
        (place / "results" / "a" / "explore.html").write_text("<!doctype html>")
    if "--resume /shared" in command:
        shutil.copytree(place / "results" / "sweep", place / "shared" / "results" / "my_sweep")
    command = command.replace("<run>", "a", 1).replace("<run>", "b").replace("/shared/", f"{place}/shared/")
    return re.sub(r"<(\w+)>", r"\1", command).replace("$SLURM_ARRAY_TASK_ID", "1")


def shorter(options):
    """Words that make a run short, and a sweep one of its runs."""
    config = load_config(options.configs[0], options.overrides)
    if config.mode == "VAE":
        pytest.importorskip("tensorflow")
    small = {"epochs": 1, "plots": False}
    small |= {"vae_dataset": "bare.npz"} if config.data == "images" else {}
    words = words_of({key: value for key, value in small.items() if key not in options.overrides})
    alone = ["--jobs", "1"] if config.sweep else []
    part = (
        ["--shard", "1/1000", "--name", "part"] if config.sweep and not options.execution.is_shard else []
    )
    return [*words, *alone, *part, "--quiet"]


def is_an_option(command, place):
    """An option alone, which `--help` knows."""
    option = command.split()[2]
    assert re.search(rf"^  (-\w, )?{option}\b", HELP, re.MULTILINE)


def make(command, place):
    """What `make` would do is known; it is not done."""
    assert said("make", "--dry-run", *command.split()[1:])
    assert re.search(rf"^{command.split()[1]}:.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def install(command, place):
    """What is to be installed is a file, an extra of this project, or one of its packages."""
    *_, what = shlex.split(command)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if extra := re.fullmatch(r"\.(?:\[([\w-]+)\])?", what):
        assert extra[1] is None or re.search(rf"^{extra[1]} = \[", project, re.MULTILINE)
    elif what.endswith(".txt"):
        assert (ROOT / what).read_text(encoding="utf-8")
    else:
        assert f'"{what}' in project or what == "dask-jobqueue"


def enter(command, place):
    """The environment that `make run` makes, with the script that every environment has."""
    assert command == "source .venv/bin/activate"
    assert "VENV := .venv" in (ROOT / "Makefile").read_text()


def dask(command, place):
    """What Dask's own program knows."""
    pytest.importorskip("distributed")
    words = command.replace("python -m ", "").split()
    known = said(sys.executable, "-m", *words[:2], "--help")
    assert all(word in known for word in words if word.startswith("--"))


def shapes(command, place):
    """Into another folder than the project's."""
    *words, folder = shlex.split(command)[1:]
    said(sys.executable, *words, str(place / folder))
    assert len(list((place / folder).rglob("*.png"))) == 1000


def benchmark(command, place):
    """A row of the benchmarks that there is; `--quick` is an option of theirs."""
    assert command == "python -m benchmarks --quick powell"
    assert "powell" in ROWS
    assert "--quick" in said(sys.executable, "-m", "benchmarks", "--help")


def by_another_test(path, name):
    """What needs more than a folder is typed by a test of its own."""

    def is_there(command, place):
        assert f"\ndef {name}(" in TESTS[ROOT / "tests" / path]

    return is_there


# How each is tried; the first that fits counts.
TRIED = {
    r"python main\.py --data": by_another_test(
        "images/test_datasets.py", "test_fetching_all_tells_of_each_that_is_missing"
    ),
    r"python main\.py .*--scheduler .*": by_another_test(
        "runner/sweep/test_workers.py", "test_a_cluster_leaves_the_same_files"
    ),
    r"python main\.py --\w+( N)?": is_an_option,
    r"python main\.py( .*)?": run_main,
    r"make \w+": make,
    r"pip install .*": install,
    r"source .*": enter,
    r"(python -m )?dask .*": dask,
    r"python -m benchmarks .*": benchmark,
    r"python -m tools\.colour_shapes .*": shapes,
    r"(npm|npx) .*": by_another_test(
        "runner/page/test_observable.py", "test_the_line_for_notebook_kit_shows_the_notebook"
    ),
}


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of Keras' export
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_tried(command, somebody):
    tried = [how for pattern, how in TRIED.items() if re.fullmatch(pattern, command)]
    assert tried, f"say in {Path(__file__).name} how to try it"
    tried[0](command, somebody)


# What they show


def test_the_notebook_lines_of_the_readme_run(somebody):
    (code,) = (block for page, language, block in BLOCKS if language == "python" and page == README)
    names: dict = {}
    exec(code, names)
    assert names["pictures"].shape == (2, 7, 5)
    assert names["codes"].shape == (2, 2)
    assert set(names["figures"]) > {"latent_map.png", "reconstructions.png"}
    (in_memory,) = re.findall(r"train\([^)]+\)", code)
    before = set(somebody.rglob("*"))
    assert eval(in_memory.replace("500", "20"), names).summary["epochs_run"] == 20
    assert set(somebody.rglob("*")) == before


@pytest.mark.parametrize("keys", SNIPPETS, ids=str)
def test_a_part_of_a_config_runs(somebody, keys):
    Path("part.json").write_text(json.dumps({**keys, "epochs": 1, "plots": False, "font_subset_size": 6}))
    assert main(["part.json", "--jobs", "1", "--shard", "1/20", "--name", "part", "--quiet"]) == 0


# The languages of the other blocks, and who runs them.
RUN_BY = {
    ("files.md", "python"): "runner/result/test_model_file.py",
    ("README.md", "js"): "runner/page/test_observable.py",
    ("observable.md", "js"): "runner/page/test_observable.py",
    ("README.md", "python"): "test_commands.py",
    ("sweeps.md", "json"): "test_commands.py",
    ("sweeps.md", "text"): "test_commands.py",
}


def test_every_block_is_run_by_some_test():
    kinds = {(page.name, language) for page, language, _ in BLOCKS}
    assert kinds == set(RUN_BY)
    for (page, _), path in RUN_BY.items():
        assert page.removesuffix(".md").upper() in TESTS[ROOT / "tests" / path].upper()


def test_the_lines_for_slurm_are_python_or_commands():
    python, array = (block for page, language, block in BLOCKS if language == "text")
    ast.parse(textwrap.dedent(python))
    commands = set(commands_of(array))
    assert len(commands) == 2
    assert commands <= set(COMMANDS)


# What messages name

ROOMS = ("runner", "fonts", "images", "vae")
SOURCES = [ROOT / "main.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]


def messages_of(path):
    """The texts in a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value


MESSAGES = "\n".join(message for path in SOURCES for message in messages_of(path))


def test_every_file_that_a_message_names_is_there():
    named = set(re.findall(r"\b(?:docs|experiments|fonts)/[\w./-]*\w", MESSAGES + HELP))
    named |= set(re.findall(r"\b(?:requirements\.txt|[A-Z]+\.md)\b", MESSAGES + HELP))
    assert {"docs/config.md", "experiments/beyond_96_characters.json", "requirements.txt"} <= named
    assert [name for name in named if not (ROOT / name).exists()] == []


# Of pip and git, which we call, and the colours of the pages.
OF_OTHERS = {"ignore-requires-python", "no-deps", "no-input", "only-binary", "retries", "verify", "help"}
OF_OTHERS |= {"accent", "faint", "limit", "missed", "muted", "share"}


def test_every_option_that_a_message_names_is_one():
    named = set(re.findall(r"(?<![\w-])--([a-z][a-z-]+)", MESSAGES)) - OF_OTHERS
    assert len(named) >= 8
    assert [name for name in named if not re.search(rf"^  --{name}\b", HELP, re.MULTILINE)] == []


def test_whatever_a_message_says_to_make_or_to_install_can_be(somebody):
    targets = set(re.findall(r"\bwith: make (\w+)", MESSAGES))
    packages = set(re.findall(r"pip install (?:-r )?([\w.-]*\w)", MESSAGES))
    assert "run" in targets
    assert {"requirements.txt", "tensorflow"} <= packages
    for target in targets:
        make(f"make {target}", somebody)
    for package in packages:
        install(f"pip install {package}", somebody)
