"""A set of pictures of which everything is known: where grey tells nothing of the classes."""

import numpy as np
from PIL import Image

from images.datasets import load_images
from images.pixels.levels import luminance
from tools.colour_shapes import COLORS, GROUND, SHAPES, SIDE, draw, write_pictures


def test_all_colours_are_of_one_luminance_and_the_ground_of_another():
    assert {int(luminance(np.array(color))) for color in COLORS.values()} == {110}
    assert luminance(np.array(GROUND)) == GROUND[0] != 110


def test_shapes_differ_in_grey_and_colours_do_not():
    in_grey = {
        (shape, color): luminance(draw(shape, color, 15.3, 12.7)).tobytes()
        for shape in SHAPES
        for color in COLORS
    }
    assert len(set(in_grey.values())) == len(SHAPES)
    for shape in SHAPES:
        assert len({in_grey[shape, color] for color in COLORS}) == 1


def test_every_shape_in_every_colour_as_often_and_never_cut_off(tmp_path):
    write_pictures(tmp_path, 48)
    images = load_images(str(tmp_path))
    assert images.train_images.shape == (48, SIDE, SIDE, 3)
    assert images.class_names == sorted(COLORS)
    assert np.bincount(images.train_labels).tolist() == [12] * 4
    edges = [images.train_images[:, [0, -1]], images.train_images[:, :, [0, -1]].swapaxes(1, 2)]
    assert all((edge == GROUND).all() for edge in edges)
    first = np.asarray(Image.open(tmp_path / "red" / "circle 0.png"))
    assert {tuple(pixel) for pixel in first.reshape(-1, 3).tolist()} == {COLORS["red"], GROUND}
