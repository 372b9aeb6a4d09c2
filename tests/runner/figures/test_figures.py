"""Every picture is drawn from arrays alone, without warnings, for every kind of result."""

import subprocess
import sys

import pytest
from matplotlib.figure import Figure

from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.figures.font_figures import draw_figures
from runner.figures.style import png

COMMON = {
    "error.png",
    "reconstructions.png",
    "latent_map.png",
    "latent_glyphs.png",
    "character_errors.png",
    "pixel_values.png",
    "decoded_grid.png",
    "interpolations.png",
}


def test_default_mode_draws_every_documented_picture(default_result):
    figures = dict(draw_figures(default_result))
    assert set(figures) == COMMON | {"generated.png"}
    assert all(isinstance(figure, Figure) for figure in figures.values())
    assert all(png(figure).startswith(b"\x89PNG") for figure in figures.values())


def test_denoising_draws_its_boxes_too(denoising_result):
    figures = dict(draw_figures(denoising_result))
    assert set(figures) == COMMON | {"denoising.png"}


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


def test_drawing_needs_no_display_and_no_pyplot():
    code = "import runner.figures.font_figures, sys; assert 'matplotlib.pyplot' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PATH": "", "LANG": "C"})
