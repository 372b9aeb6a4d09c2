"""Each mode finds its experiment and loads nothing of the others."""

import subprocess
import sys

import pytest

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.experiment import EXPERIMENTS, prepare, run_experiment
from tools.reference import ROOT
from training.watch import Watch


def test_every_mode_of_the_config_has_an_experiment():
    schema = load_config().model_json_schema()
    assert set(EXPERIMENTS) == set(schema["properties"]["mode"]["enum"])


@pytest.mark.parametrize("mode", ["DEFAULT", "DAE"])
def test_a_run_in_memory_gives_arrays_and_numbers(mode):
    reported = []
    config = load_config(None, {"mode": mode, "epochs": 3, "font_subset_size": 4})
    result = run_experiment(config, Watch(lambda epoch, error: reported.append(epoch)))
    assert reported == [0, 1, 2, 3]
    assert result.codes.shape == (4, 2)
    assert result.summary["characters"] == 4


def test_fonts_load_nothing_of_the_images():
    code = (
        "import sys; from runner.config.file import load_config; from runner.experiment import prepare;"
        "prepare(load_config()); assert not {'vae', 'tensorflow', 'keras'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


def test_a_sweep_is_no_single_network():
    with pytest.raises(UserError, match=r"sweep: this trains one network; use runner\.sweep"):
        prepare(load_config(None, {"sweep": [{"seed": [0, 1]}]}))
