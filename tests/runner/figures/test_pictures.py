"""Every picture of a run on images is drawn from arrays alone, without warnings."""

import numpy as np

from runner.figures.image_figures import draw_figures, latent_map, reconstructions, rows_of
from runner.figures.style import png


def test_every_documented_picture_is_drawn(image_result):
    figures = dict(draw_figures(image_result))
    assert set(figures) == {
        *(
            "loss.png",
            "latent_map.png",
            "manifold.png",
            "reconstructions.png",
            "samples.png",
            "generated.png",
        )
    }
    assert all(png(figure).startswith(b"\x89PNG") for figure in figures.values())


def test_the_map_has_one_colour_and_one_name_for_each_class_that_occurs():
    places, labels = np.array([[0.0, 0], [1, 1], [2, 2]]), np.array([0, 2, 2])
    figure = latent_map(places, labels, ["one", "two", "digit 3"], ("z1", "z2"))
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["one", "digit 3"]
    assert [text.get_text() for text in axes.texts] == ["one", "3"]
    assert axes.texts[1].get_position() == (1.5, 1.5)


def test_without_labels_the_map_has_no_legend():
    figure = latent_map(np.zeros((3, 2)), None, [], ("z1", "z2"))
    assert figure.axes[0].get_legend() is None


def test_reconstructions_stand_below_their_images():
    inputs, outputs = np.zeros((12, 4)), np.ones((12, 4))
    image = reconstructions(inputs, outputs, (2, 2)).axes[0].images[0].get_array()
    rows = [image[2 + 4 * row, 2] for row in range(4)]
    assert rows == [0, 1, 0, 1]


def test_rows_are_filled_up_with_blanks():
    image = rows_of(np.ones((11, 4)), (2, 2), "eleven").axes[0].images[0].get_array()
    assert image.shape == (2 * 4 + 2, 10 * 4 + 2)
    assert (image == 1).sum() == 11 * 4
