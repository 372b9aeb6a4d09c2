"""TensorFlow starts without a word, and what is no chatter is still heard."""

import os
import subprocess
import sys

import pytest

from tools.reference import ROOT
from vae.tensorflow_setup import CHATTER, without_chatter

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
