"""Whole runs: every documented file, the same bytes again, and a true status."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from html import escape

import numpy as np
import pytest
from drawing import draw_all, some
from folders import content, rows

from main import main
from runner.cli.options import parse_arguments
from runner.console.signals import Interrupted
from runner.experiment import Experiment
from runner.models.autoencoder import AutoencoderTrainer
from runner.tables.tables import TABLES
from tools.reference import ROOT

TINY = ["epochs=30", "font_subset_size=6", "neurons_per_layer=[8]", "bias=true", "--quiet"]


def run(*words):
    assert main([*TINY, *words]) == 0


def test_every_documented_file_is_there_and_readable(here):
    run("generate=[[0,0.2]]")
    folder = here / "results" / "latest"
    names = {path.name for path in folder.iterdir()}
    others = {"config.json", "run.json", "summary.json", "model.npz", "moments.npz", "log.txt", "plots"}
    assert names == {*TABLES, *others, "explore.html", "notebook.html"}
    assert len(list((folder / "plots").glob("*.png"))) == 10
    assert [path.name for path in (folder / "plots").glob("*.gif")] == ["training.gif"]
    record = json.loads((folder / "run.json").read_text())
    assert record["status"] == "done"
    assert len(record["data_sha256"]) == 64
    assert record["data"]["description"] == "font2: 6 characters of 5×7 pixels, 0 and 1"
    first, *_ = (folder / "log.txt").read_text(encoding="utf-8").splitlines()
    assert first == record["data"]["description"]
    assert first in (folder / "explore.html").read_text(encoding="utf-8")
    assert record["libraries"]["numpy"] == np.__version__
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["total_seconds"] > summary["training_seconds"] > 0
    assert "learned" in (folder / "log.txt").read_text()
    with np.load(folder / "model.npz", allow_pickle=False) as model:
        assert model["units"].tolist() == [35, 8, 2, 8, 35]


@pytest.mark.parametrize("accelerator", [None, "Card 9"])
def test_what_a_network_trains_on_is_kept_and_said_first_if_it_is_not_the_processor(
    here, monkeypatch, accelerator
):
    monkeypatch.setattr(AutoencoderTrainer, "accelerator", accelerator)
    run("plots=false")
    folder = here / "results" / "latest"
    assert json.loads((folder / "run.json").read_text())["trained_on"] == (accelerator or "processor")
    first, *_ = (folder / "log.txt").read_text(encoding="utf-8").splitlines()
    assert first.endswith("; on Card 9" if accelerator else "0 and 1")


@pytest.mark.parametrize(
    "words",
    [
        ("restarts=2",),
        ("minimizer=powell", "epochs=2"),
        ("minimizer=lbfgs",),
        ("batch_size=4", "minimizer=rmsprop"),
        ("mode=DAE", "fresh_noise=true"),
    ],
    ids=" ".join,
)
def test_the_resolved_config_gives_the_same_bytes_again(here, words):
    changes = [word for word in TINY if word.split("=")[0] not in {w.split("=")[0] for w in words}]
    assert main([*changes, "plots=false", "--name", "first", *words]) == 0
    assert main(["results/first/config.json", "--quiet", "--name", "again"]) == 0
    assert content(here / "results" / "first") == content(here / "results" / "again")


@pytest.mark.parametrize("word", ["explorer=false", "plots=false"])
def test_pages_can_be_switched_off(here, word):
    run(word)
    assert not list((here / "results" / "latest").glob("*.html"))


def test_denoising_files_hold_the_test_pictures(here):
    run("mode=DAE")
    kinds = {row["kind"] for row in rows(here / "results" / "latest" / "reconstructions.csv")}
    assert kinds == {"input", "output", "noisy_input", "test_input", "test_output"}
    assert (here / "results" / "latest" / "plots" / "denoising.png").exists()


def test_names_and_places_can_be_chosen_and_nothing_is_overwritten(here):
    run("plots=false", "--results", "elsewhere", "--name", "mine")
    run("plots=false", "--results", "elsewhere", "--name", "mine")
    assert sorted(path.name for path in (here / "elsewhere").iterdir()) == ["latest", "mine", "mine_2"]
    run("plots=false")
    (folder,) = (path for path in (here / "results").iterdir() if path.name != "latest")
    assert folder.name.endswith("_default_adam_z2")


def test_several_configs_are_run_in_turn(here):
    for name in ("one", "two"):
        (here / f"{name}.json").write_text(json.dumps({"latent_layer_neurons": len(name)}))
    run("one.json", "two.json", "plots=false", "--name", "both")
    sizes = [
        json.loads((here / "results" / name / "config.json").read_text())["latent_layer_neurons"]
        for name in ("both", "both_2")
    ]
    assert sizes == [3, 3]


def test_a_diverged_run_says_so_and_leaves_no_nan(here):
    words = ["minimizer=gradient_descent", "learning_rate=1e308", "plots=false", "loss=cross_entropy"]
    code = main([*TINY, *words])
    folder = here / "results" / "latest"
    status = json.loads((folder / "run.json").read_text())["status"]
    assert (code, status) in {(3, "failed"), (0, "done")}
    for name in TABLES:
        assert not {"nan", "inf", "-inf"} & {value for row in rows(folder / name) for value in row.values()}


def test_a_signal_that_a_library_swallows_still_ends_the_run(here, monkeypatch, capsys):
    run("plots=false", "--name", "alone")
    whole = Experiment.run

    def deaf(self, watch):
        with contextlib.suppress(Interrupted):  # as TensorFlow does while it converts a function
            os.kill(os.getpid(), signal.SIGTERM)
        return whole(self, watch)

    monkeypatch.setattr(Experiment, "run", deaf)
    assert main([*TINY, "plots=false", "--name", "ended"]) == 143
    monkeypatch.undo()
    folder = here / "results" / "ended"
    assert json.loads((folder / "run.json").read_text())["status"] == "interrupted"
    assert main(["--resume", str(folder), "--quiet"]) == 0
    assert content(folder) == content(here / "results" / "alone")


def test_the_last_words_say_what_was_learned(here, capsys):
    published = {"error": 17.68, "source": "the slides"}
    keys = {**parse_arguments(TINY[:-1]).overrides, "published": published}
    (here / "config.json").write_text(json.dumps(keys))
    assert main(["restarts=2", "plots=false"]) == 0
    out = capsys.readouterr().out
    assert "[35, 8, 2, 8, 35] learned font2 with adam: 30 epochs" in out
    assert "published: 17.68, the slides" in out
    assert "restarts that learned all" in out
    assert "look into results" in out


def test_the_first_words_say_what_was_read(here, capsys):
    draw_all(here / "my $x$ = <b>" / "$$", some(6, 8, 6))
    draw_all(here / "my $x$ = <b>" / "_misc", some(7, 8, 6))
    (here / "my $x$ = <b>" / "notes.txt").touch()
    words = ["data=images", "vae_dataset=my $x$ = <b>", "image_size=4", "epochs=2"]
    assert main([*words, "--name", "run"]) == 0
    said = [
        "my $x$ = <b>: 13 images of 3×4 pixels, grey levels {}…{}, 2 classes",
        "  passed over, not read as pictures: 1 (notes.txt)",
        "  brought from 6×8 to 3×4 pixels",
    ]
    record = json.loads((here / "results" / "run" / "run.json").read_text(encoding="utf-8"))["data"]
    said[0] = said[0].format(record["lowest"], record["highest"])
    assert capsys.readouterr().out.splitlines()[:3] == said
    assert [record["description"], *(f"  {remark}" for remark in record["remarks"])] == said
    page = (here / "results" / "run" / "explore.html").read_text(encoding="utf-8")
    assert all(escape(line.strip()) in page for line in said)


# Sixteen processes that have all their imports behind them, and begin at the same moment.
AT_ONCE = """
import os, sys
from runner.console.process import tune_process
tune_process()
import runner.models.autoencoder, runner.run
from main import main
children = []
for seed in range(16):
    children.append(os.fork())
    if not children[-1]:
        os._exit(main([*sys.argv[1:], f"seed={seed}"]))
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
"""


def test_sixteen_processes_at_once_fill_sixteen_folders(here):
    words = [word for word in TINY if not word.startswith("epochs")] + ["epochs=20", "plots=false"]
    command = [sys.executable, "-c", AT_ONCE, *words, "--name", "run"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=here, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == (f"{[0] * 16}\n", "")
    main([*words, "--name", "alone", "seed=0"])
    results = here / "results"
    files = set(content(results / "alone"))
    configs = {}
    for number in range(1, 17):
        folder = results / ("run" if number == 1 else f"run_{number}")
        assert set(content(folder)) == files
        assert json.loads((folder / "run.json").read_text())["status"] == "done"
        configs[json.loads((folder / "config.json").read_text())["seed"]] = folder
    assert sorted(configs) == list(range(16))
    assert content(configs[0]) == content(results / "alone")
