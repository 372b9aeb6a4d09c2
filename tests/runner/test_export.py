"""`--export results/<run> keras`: files that Keras loads in a process that knows nothing of ours."""

import subprocess
import sys

import numpy as np
import pytest
from saved_runs import save_run

from main import main
from runner import load_run
from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.export import export_and_save

pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")

ALONE = """
import sys, keras, numpy as np
encoder, decoder = (keras.saving.load_model(f"{name}.keras") for name in ("encoder", "decoder"))
with np.load("given.npz") as given:
    np.savez("found.npz", codes=encoder(given["pixels"])[0], drawings=decoder(given["codes"]))
assert not {"vae", "runner"} & set(sys.modules)
"""


# Keras itself copies arrays in a way that NumPy warns about.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("name", ["letter_vae_result", "convolutional_result"])
def test_keras_alone_gives_our_codes_and_drawings(here, request, capsys, name):
    folder = save_run(request.getfixturevalue(name), here).path
    assert main(["--export", str(folder), "keras"]) == 0
    assert "encoder.keras and decoder.keras" in capsys.readouterr().out
    run = load_run(folder)
    pixels = run.result.pixels.astype(np.float32)
    codes = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    np.savez(folder / "given.npz", pixels=pixels, codes=codes)
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with np.load(folder / "found.npz") as found:
        np.testing.assert_allclose(found["codes"], run.encode(pixels), atol=1e-5)
        drawings = run.decode(codes)
        np.testing.assert_allclose(found["drawings"].reshape(drawings.shape), drawings, atol=1e-5)


def test_a_network_of_numpy_has_no_such_files(here, default_result):
    folder = save_run(default_result, here).path
    with pytest.raises(UserError, match="has a NumPy network; runs of mode VAE have one of Keras"):
        export_and_save(folder, Terminal(quiet=True))
    assert not list(folder.glob("*.keras"))
