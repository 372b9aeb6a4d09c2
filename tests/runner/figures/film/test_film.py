"""A film shows every moment: codes where they then were, and the words that go with them."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from latent.measures import wrong_pixels
from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.figures.film.film import FIRST, HEIGHT, LAST, LEFT, SIDE, TOP, WIDTH, training_film
from runner.figures.film.ink import BLUE, ORANGE, palette, shaded
from runner.figures.film.stage import Stage
from runner.files import write_pictures
from runner.models.face import reconstruct
from runner.result.result import Result
from training.moments import Moments


@pytest.fixture(scope="module")
def film(default_result):
    return training_film(default_result)


def pictures(content):
    image = Image.open(io.BytesIO(content))
    for number in range(image.n_frames):
        image.seek(number)
        yield np.asarray(image.convert("RGB")), image.info.get("duration")


def test_it_has_a_frame_for_each_moment_and_the_first_is_the_still(film, default_result):
    frames = list(pictures(film.gif()))
    assert len(frames) == len(film.frames) == len(default_result.moments)
    for (seen, _), frame in zip(frames, film.frames, strict=True):
        np.testing.assert_array_equal(seen, palette()[frame])
    durations = [duration for _, duration in frames]
    assert (durations[0], durations[-1]) == (FIRST, LAST)
    assert len(set(durations[1:-1])) == 1
    assert 5000 < sum(durations) < 12_000
    with Image.open(io.BytesIO(film.png())) as still:
        assert still.size == (WIDTH, HEIGHT)
        np.testing.assert_array_equal(np.asarray(still.convert("RGB")), frames[0][0])


def test_letters_stand_at_their_codes_and_are_blue_when_they_are_learned(film, default_result):
    result = default_result
    places = [result.plane.project(m.model.encode(result.pixels).means) for m in result.moments]
    stage = Stage.of(places, SIDE)
    shades = {color: shaded(np.ones(()), color) for color in (BLUE, ORANGE)}
    for index in (0, len(places) // 2, len(places) - 1):
        panel = film.frames[index][TOP : TOP + SIDE, LEFT : LEFT + SIDE]
        outputs = reconstruct(result.moments[index].model, result.inputs[0])
        learned = wrong_pixels(outputs, result.pixels).sum(axis=1) == 0
        for spot, is_learned in zip(stage.spots(places[index]), learned, strict=True):
            column, row = spot
            near = panel[row - 12 : row + 13, column - 9 : column + 10]
            assert (near == shades[BLUE if is_learned else ORANGE]).any()
        assert (panel == shades[BLUE]).any() == learned.any()


def test_every_kind_of_result_has_one(any_result):
    """Those of the fixtures that were not trained have a single moment."""
    film = training_film(any_result)
    assert len(film.frames) == len(any_result.moments)
    assert {frame.shape for frame in film.frames} == {(HEIGHT, WIDTH)}
    assert max(int(frame.max()) for frame in film.frames) < len(palette())


@pytest.mark.parametrize(
    "changes", [{"latent_layer_neurons": 1}, {"latent_layer_neurons": 3}, {"epochs": 1}]
)
def test_other_sizes_are_filmed(changes):
    film = training_film(run_experiment(load_config(None, {"epochs": 3, "font_subset_size": 4, **changes})))
    assert len(list(pictures(film.gif()))) == changes.get("epochs", 3) + 1


def test_of_one_number_each_picture_has_its_own_line():
    result = run_experiment(load_config(None, {"epochs": 9, "latent_layer_neurons": 1}))
    panel = training_film(result).frames[-1][TOP + 1 : TOP + SIDE - 1, LEFT + 1 : LEFT + SIDE - 1]
    orange = panel == shaded(np.ones(()), ORANGE)
    assert orange.any(axis=1).mean() > 0.8


def test_it_is_among_the_pictures_of_a_run_unless_only_its_end_is_known(tmp_path, default_result):
    from runner.console.terminal import Terminal
    from runner.storage.folder import OutputFolder

    terminal = Terminal(quiet=True)
    folder = OutputFolder.make(tmp_path, "run")
    assert write_pictures(default_result, folder, terminal) == {}
    assert folder.read("plots/training.gif").startswith(b"GIF89a")
    assert folder.read("plots/training.png").startswith(b"\x89PNG")
    (best,) = (replace(default_result.best, moments=Moments.none(400)),)
    training = replace(default_result.training, candidates=[best])
    alone = Result(default_result.config, default_result.data, None, training, 1.0)
    other = OutputFolder.make(tmp_path, "other")
    assert write_pictures(alone, other, terminal) == {}
    assert not (other.path / "plots" / "training.gif").exists()
