"""`--encode` writes where pictures lie that a network has not learned, and how well it draws them."""

import re

import numpy as np
import pytest
from folders import rows
from PIL import Image
from saved_runs import save_run

from fonts import load_fonts
from main import main
from runner import encode, load_run
from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.encode import encode_and_save


def encoded(run, name):
    """The rows of the table, and what was said."""
    terminal = Terminal(quiet=True)
    encode_and_save(run, str(name), terminal)
    return rows(run / "encoded.csv"), terminal.log


def numbers(table, *names):
    return np.array([[float(row[name]) for name in names] for row in table])


@pytest.mark.parametrize("latent", [1, 2, 4])
def test_the_letters_that_it_learned_lie_where_they_lay(here, latent):
    words = ["epochs=60", "neurons_per_layer=[8]", f"latent_layer_neurons={latent}", "plots=false"]
    assert main([*words, "--name", "run", "--quiet"]) == 0
    run = here / "results" / "run"
    table, said = encoded(run, "font2")
    np.testing.assert_equal(table, rows(run / "latent.csv"))
    error = load_run(run).summary["mean_error"]
    assert f"error of a character {error:>15.4g}   (of its own: {error:.4g})" in said


def test_letters_that_it_has_not_seen(here):
    assert main(["epochs=60", "plots=false", "--name", "run", "--quiet"]) == 0
    run = load_run("results/run")
    table, said = encoded(here / "results" / "run", "font3")
    font = load_fonts(["font3"])
    np.testing.assert_array_equal(numbers(table, "z1", "z2"), run.encode(font.pixels))
    outputs = run.reconstruct(font.pixels).reshape(font.pixels.shape)
    errors = 0.5 * ((outputs - font.pixels) ** 2).sum(axis=1)
    np.testing.assert_allclose(numbers(table, "error")[:, 0], errors, rtol=1e-12)
    wrong = (np.abs(outputs - font.pixels) > 0.5).sum(axis=1)
    assert [int(row["wrong_pixels"]) for row in table] == wrong.tolist()
    assert [row["name"] for row in table] == font.names
    assert f"error of a character {errors.mean():>15.4g}" in said
    assert f"characters drawn right {f'{(wrong == 0).sum()} of 32':>13}" in said
    assert run.tables["latent.csv"].keys() == load_run("results/run").tables["encoded.csv"].keys()


@pytest.mark.parametrize("most_pixels", [10_000_000, 3_000])
def test_images_through_a_variational_autoencoder(
    tmp_path, image_result, image_file, monkeypatch, most_pixels
):
    monkeypatch.setattr(encode, "MOST_PIXELS", most_pixels)
    run = save_run(image_result, tmp_path).path
    table, said = encoded(run, image_file)
    with np.load(image_file) as file:
        pixels = np.concatenate([file["x_train"], file["x_test"]])
    assert [row["index"] for row in table] == list(map(str, range(610)))
    loaded = load_run(run)
    np.testing.assert_allclose(numbers(table, "z1", "z2"), loaded.encode(pixels), rtol=1e-5)
    test = numbers(table, "x", "y", "z1_log_var", "error", "kl")[300:]
    np.testing.assert_allclose(
        test, numbers(rows(run / "latent.csv"), "x", "y", "z1_log_var", "error", "kl"), rtol=1e-4
    )
    nats = numbers(table, "reconstruction", "kl").sum(axis=1)
    assert re.search(rf"−ELBO of an image +{nats.mean():.2f}   \(of its own: [\d.]+ nats\)", said)
    assert list(table[0]) == list(rows(run / "latent.csv")[0])


def test_blocks_that_happen_to_be_black_and_white_have_the_same_columns(tmp_path, grey_result, monkeypatch):
    images = np.full((20, 6, 5), 128, np.uint8)
    images[5:10] = np.random.default_rng(0).integers(0, 2, (5, 6, 5)) * 255
    np.savez(tmp_path / "odd.npz", x_train=images)
    monkeypatch.setattr(encode, "MOST_PIXELS", 150)
    table, _ = encoded(save_run(grey_result, tmp_path).path, tmp_path / "odd.npz")
    assert "wrong_pixels" not in table[0]
    assert len(table) == 20


def test_a_denoiser_gets_them_as_they_are(tmp_path, denoising_result):
    run = save_run(denoising_result, tmp_path).path
    table, said = encoded(run, "font2")
    assert "of its own" not in said
    codes = numbers(table, "z1", "z2", "z3", "z4")
    np.testing.assert_array_equal(codes[:8], denoising_result.codes.means)
    np.testing.assert_allclose(numbers(table, "x", "y")[:8], denoising_result.places, rtol=1e-9)
    pixels = load_fonts(["font2"]).pixels
    outputs = load_run(run).reconstruct(pixels).reshape(pixels.shape)
    np.testing.assert_allclose(
        numbers(table, "error")[:, 0], 0.5 * ((outputs - pixels) ** 2).sum(axis=1), rtol=1e-9
    )


def test_pictures_on_paper_are_turned_for_a_network_of_ink(tmp_path, default_result):
    letters = default_result.pixels[:3].reshape(3, 7, 5)
    (tmp_path / "scans").mkdir()
    for row, letter in enumerate(letters):
        Image.fromarray((255 * (1 - letter)).astype(np.uint8)).save(tmp_path / "scans" / f"{row}.png")
    run = save_run(default_result, tmp_path).path
    table, said = encoded(run, tmp_path / "scans")
    np.testing.assert_allclose(numbers(table, "z1", "z2"), default_result.codes.means[:3], rtol=1e-5)
    assert "as negatives, because the network learned ink on paper" in said


def test_the_command(here, capsys):
    assert main(["epochs=5", "plots=false", "--name", "run", "--quiet"]) == 0
    assert main(["--encode", "results/run", "font1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("font1: 32 characters of 5×7 pixels")
    assert said.endswith("look into results/run/encoded.csv\n")
    assert main(["--encode", "results/run", "mnist.npz"]) == 2
    assert main(["--encode", "results", "font1"]) == 2
    errors = capsys.readouterr().err
    assert "name one of the runs in it, e.g. results/latest" in errors
    assert len(rows(here / "results" / "run" / "encoded.csv")) == 32


def test_a_run_without_its_own_codes_has_no_map(tmp_path, few_result, picture_folder):
    run = save_run(few_result, tmp_path).path
    (run / "latent.csv").unlink()
    with pytest.raises(UserError, match=r"has no latent\.csv, .*--resume"):
        encode_and_save(run, str(picture_folder), Terminal(quiet=True))


def test_no_finished_run_is_a_mistake(tmp_path):
    with pytest.raises(UserError, match="there is no such folder"):
        encode_and_save(tmp_path / "nowhere", "font1", Terminal(quiet=True))
