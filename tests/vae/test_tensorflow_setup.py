"""TensorFlow starts without a word, and what is no chatter is still heard."""

import os
import subprocess
import sys

import pytest

from tools.reference import ROOT
from vae import tensorflow_setup
from vae.tensorflow_setup import CHATTER, accelerator, without_chatter

LOG = b"0000 00:00:1795337797.338281   11541 "


@pytest.mark.parametrize(
    "line",
    [
        b"WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n",
        b"I" + LOG + b"port.cc:153] oneDNN custom operations are on.\n",
        b"W" + LOG + b"gpu_device.cc:2342] Cannot dlopen some GPU libraries.\n",
        b"2026-11-22 08:56:23.421301: I tensorflow/core/util/port.cc:153] oneDNN is on.\n",
        b"To enable the following instructions: AVX2, in other operations, rebuild TensorFlow\n",
        b"E" + LOG + b"cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error\n",
        b"E" + LOG + b"cuda_dnn.cc:8310] Unable to register cuDNN factory: Attempting to register it\n",
        b"2026-11-22 08:56:23.421301: E x/cuda_fft.cc:477] Unable to register cuFFT factory: again\n",
        b"I" + LOG + b"subprocess_compilation.cc:346] ptxas warning : Registers are spilled to memory\n",
        b"2026-11-22 08:56:23.421301: E external/x/slow_operation_alarm.cc:73] \n",
        b"********************************\n",
        b"[Compiling module a_train] Very slow compile? If you want to file a bug, run with envvar\n",
        b"Trying algorithm eng0{} for conv (f32[512,512,3,3]) is taking a while...\n",
    ],
)
def test_what_tensorflow_says_is_chatter(line):
    assert CHATTER.match(line)


@pytest.mark.parametrize("line", [b"E" + LOG + b"x.cc:1] out of memory\n", b"Segmentation fault\n", b"\n"])
def test_what_is_wrong_is_no_chatter(line):
    assert not CHATTER.match(line)


def test_errors_are_heard_and_chatter_is_not(capfd):
    with without_chatter():
        os.write(2, b"I" + LOG + b"hello\nsomething broke\n")
        assert capfd.readouterr().err == ""
    assert capfd.readouterr().err == "something broke\n"
    os.write(2, b"I" + LOG + b"after\n")
    assert "after" in capfd.readouterr().err


def test_after_an_exception_everything_is_heard(capfd):
    with pytest.raises(ImportError), without_chatter():
        os.write(2, b"I" + LOG + b"hello\n")
        raise ImportError
    assert "hello" in capfd.readouterr().err


def test_blank_lines_alone_say_nothing(capfd):
    with without_chatter():
        os.write(2, b"I" + LOG + b"hello\n\n")
    assert capfd.readouterr().err == ""


def test_without_a_sign_of_a_card_tensorflow_is_not_asked(monkeypatch):
    monkeypatch.setattr(tensorflow_setup, "SIGNS_OF_CARDS", ("/nowhere",))
    monkeypatch.setattr(tensorflow_setup, "load_tensorflow", lambda: pytest.fail("it was loaded"))
    assert accelerator() is None


@pytest.mark.parametrize("cards", [[], ["card"]])
def test_a_card_is_named_and_used_with_care(monkeypatch, tmp_path, cards):
    tensorflow = pytest.importorskip("tensorflow")
    monkeypatch.setattr(tensorflow_setup, "SIGNS_OF_CARDS", (str(tmp_path),))
    asked = []
    config, experimental = tensorflow.config, tensorflow.config.experimental
    monkeypatch.setattr(config, "list_physical_devices", lambda kind: cards if kind == "GPU" else [])
    monkeypatch.setattr(experimental, "set_memory_growth", lambda *given: asked.append(given))
    monkeypatch.setattr(experimental, "enable_op_determinism", lambda: asked.append("the same sums"))
    monkeypatch.setattr(experimental, "get_device_details", lambda card: {"device_name": f"the {card}"})
    assert accelerator() == ("the card" if cards else None)
    assert asked == ([("card", True), "the same sums"] if cards else [])


def test_tensorflow_starts_without_a_word():
    pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")
    code = (
        "from vae.tensorflow_setup import load_tensorflow; load_tensorflow();"
        "import keras, tensorflow as tf;"
        "assert keras.backend.backend() == 'tensorflow';"
        "tf.function(lambda: tf.ones(3) * 2, jit_compile=True)()"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_the_fitting_does_not_import_tensorflow():
    code = "import sys, vae.fitting, vae.evaluation; assert not {'tensorflow', 'keras'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
