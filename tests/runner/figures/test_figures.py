"""Every picture is drawn from arrays alone, without warnings, for every kind of result."""

import subprocess
import sys

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.figures.figures import draw_figures, drawings
from runner.figures.style import png
from tools.reference import ROOT

DECODER = {"decoded_grid.png", "interpolations.png"}
EACH = {"reconstructions.png", "latent_map.png", "latent_glyphs.png", *DECODER}
CHARACTERS = {"character_errors.png", "pixel_values.png", *EACH}
MANY = {"latent_map.png", "latent_glyphs.png", "reconstructions.png", *DECODER}

PICTURES = {
    "default_result": {"error.png", *CHARACTERS, "generated.png"},
    "denoising_result": {"error.png", *CHARACTERS, "denoising.png"},
    "letter_vae_result": {"loss.png", *CHARACTERS, "samples.png", "generated.png"},
    "many_letters_result": {"error.png", *MANY, "generated.png"},
    "image_result": {"loss.png", *MANY, "samples.png", "generated.png"},
    "grey_result": {"error.png", *MANY, "generated.png"},
    "denoised_images_result": {"error.png", *MANY, "denoising.png"},
    "few_result": {"error.png", *EACH, "image_errors.png"},
    "color_result": {"error.png", *EACH, "image_errors.png"},
    "color_vae_result": {"loss.png", *EACH, "image_errors.png", "samples.png", "generated.png"},
}


def drawn(result) -> dict[str, Figure]:
    """All figures of a result, once they were written as files."""
    figures = dict(draw_figures(result))
    assert all(isinstance(figure, Figure) for figure in figures.values())
    assert all(png(figure).startswith(b"\x89PNG") for figure in figures.values())
    return figures


@pytest.mark.parametrize("name", PICTURES)
def test_every_documented_picture_is_drawn(request, name):
    assert set(drawn(request.getfixturevalue(name))) == PICTURES[name]


@pytest.mark.parametrize(
    "changes",
    [
        {"font_subset_size": 1},
        {"latent_layer_neurons": 1},
        {"latent_layer_neurons": 3, "font_set": ["font1", "font2", "font3"]},
        {"minimizer": "powell", "neurons_per_layer": [], "latent_layer_neurons": 1, "font_subset_size": 2},
    ],
)
def test_unusual_sizes_are_drawn_without_a_warning(changes):
    result = run_experiment(load_config(None, {"epochs": 2, **changes}))
    for _, figure in draw_figures(result):
        assert len(png(figure)) > 1000


def figure(result, name):
    return dict(draw_figures(result))[name]


def shown(axes, row, column, cell):
    """Some pixels of the image that axes show."""
    return axes.images[0].get_array()[row : row + cell[0], column : column + cell[1]]


def test_what_is_black_at_0_is_drawn_as_ink_on_paper(few_result):
    result = few_result
    assert not result.data.is_ink
    (axes,) = figure(result, "interpolations.png").axes
    first = result.pixels[result.pairs[0].first].reshape(result.data.cell)
    image = np.ma.filled(axes.images[0].get_array(), np.nan)
    top, left = np.argwhere(np.isfinite(image))[0]
    np.testing.assert_allclose(shown(axes, top, left, result.data.cell), 1 - first, atol=1e-6)


def test_a_map_is_by_class_where_there_are_classes(few_result, image_result, many_letters_result):
    for result, legend in (
        (few_result, ["crosses", "rings"]),
        (image_result, image_result.data.class_names),
    ):
        (axes,) = figure(result, "latent_map.png").axes
        assert [text.get_text() for text in axes.get_legend().get_texts()] == legend
        dots = [drawn for drawn in axes.collections if isinstance(drawn, PathCollection)]
        assert sum(len(some.get_offsets()) for some in dots) == len(result.pixels)
    axes, bar = figure(many_letters_result, "latent_map.png").axes
    assert axes.get_legend() is None
    np.testing.assert_array_equal(axes.collections[0].get_array(), many_letters_result.errors)
    assert bar.get_ylabel() == "½ Σ (output − target)²"


@pytest.mark.parametrize(("name", "rows"), [("denoising_result", 2), ("denoised_images_result", 1)])
def test_a_denoiser_shows_the_noise_of_its_training_only_where_it_was_trained_on_these(request, name, rows):
    result = request.getfixturevalue(name)
    denoising = figure(result, "denoising.png")
    said = [text.get_text() for text in denoising.texts]
    words = "top: noise of the training set; bottom: new noise" if rows == 2 else "new noise"
    assert words in said
    (axes,) = denoising.axes
    names = [result.data.judged.captions[row] for row in result.shown]
    assert [text.get_text() for text in axes.texts] == names


def test_the_grid_stands_where_its_codes_are(image_result, default_result):
    for result in (image_result, default_result):
        axes = figure(result, "decoded_grid.png").axes[0]
        labels = [float(label.get_text()) for label in axes.get_xticklabels()]
        assert labels == pytest.approx(result.grid.codes[0, ::2, 0], abs=0.0051)
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("z1", "z2")
        top_left = result.data.as_ink(result.grid.pictures[0, 0])
        image = np.ma.filled(axes.images[0].get_array(), np.nan)
        top, left = np.argwhere(np.isfinite(image))[0]
        np.testing.assert_array_equal(shown(axes, top, left, result.data.cell).ravel(), top_left)


def test_drawing_needs_no_display_and_no_pyplot():
    code = "import runner.figures.figures, sys; assert 'matplotlib.pyplot' not in sys.modules"
    environment = {"PATH": "", "LANG": "C"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env=environment)


def test_where_the_nats_go_is_drawn_where_it_is_known(exact_result, letter_vae_result):
    with_it, without = (dict(drawings(result)) for result in (exact_result, letter_vae_result))
    assert with_it.keys() - without.keys() == {"nats.png", "misplaced.png", "misplaced_map.png"}
    figure, lost = with_it["misplaced_map.png"](), exact_result.losses.amortization_gap
    assert figure.texts[0].get_text() == "Where the 8 most misplaced characters should be"
    assert exact_result.misplaced.tolist() == np.argsort(-lost).tolist()
    (axes,) = with_it["misplaced.png"]().axes
    worst = exact_result.misplaced[0]
    assert axes.texts[0].get_text() == f"1: {exact_result.data.judged.captions[worst]}"
    assert f"{lost[worst]:.3g} nats" in [text.get_text() for text in axes.texts]
    assert with_it["nats.png"]().axes[0].get_xlabel().startswith("percent of the characters")


def test_pictures_in_colour_are_drawn_in_their_colours(color_result):
    figures, pixels = drawn(color_result), color_result.pixels.reshape(-1, 8, 6, 3)
    (axes,) = figures["reconstructions.png"].axes
    shown = np.asarray(axes.images[0].get_array())
    found = {tuple(color) for color in np.rint(255 * shown).astype(int).reshape(-1, 3).tolist()}
    wanted = {tuple(color) for color in np.rint(255 * pixels).astype(int).reshape(-1, 3).tolist()}
    assert wanted <= found
    assert (255, 255, 255) in wanted  # on which they lie where they are transparent
