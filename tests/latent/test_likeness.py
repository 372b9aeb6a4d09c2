"""How like drawings are to known pictures, against counting pixel by pixel."""

import numpy as np
import pytest

from latent import likeness
from latent.likeness import BLOCK, legibility, legibility_of_levels, nearest

RANDOM = np.random.default_rng(0)


def test_nearest_character_and_its_distance_in_pixels():
    characters = np.array([[1.0, 1, 0, 0], [0.0, 0, 1, 1]])
    pictures = np.array([[0.9, 0.8, 0.2, 0.1], [0.4, 0.6, 0.7, 0.9]])
    indices, distances = nearest(pictures, characters)
    assert indices.tolist() == [0, 1]
    assert distances.tolist() == [0, 1]


def test_any_shape_of_drawings_is_held_against_all_known_pictures():
    drawings, known = RANDOM.random((4, 3, 12)), RANDOM.integers(0, 2, (9, 12)).astype(float)
    indices, distances = nearest(drawings, known)
    assert indices.shape == distances.shape == (4, 3)
    counted = ((drawings[:, :, None] > 0.5) != (known > 0.5)).sum(axis=-1)
    np.testing.assert_array_equal(distances, counted.min(axis=-1))
    np.testing.assert_array_equal(indices, counted.argmin(axis=-1))


def counted(drawings, known, most):
    """Legibility by comparing every pixel of every drawing with that of every picture."""
    is_legible = [
        any(sum(a != b for a, b in zip(drawing, picture, strict=True)) <= most for picture in known)
        for drawing in (drawings > 0.5).tolist()
    ]
    return np.mean(is_legible)


@pytest.mark.parametrize(("pixels", "most"), [(6, 2), (35, 2), (69, 3), (70, 4), (105, 6)], ids=str)
def test_legibility_is_the_share_within_two_of_35_pixels(pixels, most):
    known = RANDOM.integers(0, 2, (8, pixels)).astype(float)
    # Drawings at every distance from none to twice of what is allowed.
    drawings = known[RANDOM.integers(0, 8, 60)]
    for row, drawing in enumerate(drawings):
        flipped = RANDOM.permutation(pixels)[: row % (2 * most + 1)]
        drawing[flipped] = 1 - drawing[flipped]
    drawings = np.clip(drawings + RANDOM.uniform(-0.4, 0.4, drawings.shape), 0, 1)
    share = legibility(drawings, known)
    assert share == counted(drawings, known > 0.5, most)
    assert 0 < share <= 1
    assert pixels == 6 or share < 1


def test_bytes_are_black_and_white_at_their_half():
    known = np.array([[0, 127, 128, 255, 0, 0, 0, 0]], np.uint8)
    drawings = np.tile([0.0, 0, 1, 1, 0, 0, 0, 0], (9, 1))
    for count, drawing in enumerate(drawings):
        drawing[:count] = 1 - drawing[:count]
    assert legibility(drawings, known) == 3 / 9
    assert legibility(drawings, known / np.float32(255)) == 3 / 9


def test_many_known_pictures_are_gone_through_in_parts():
    known = np.zeros((2 * BLOCK + 3, 20), np.uint8)
    known[[0, BLOCK, -1], [0, 1, 2]] = known[[0, BLOCK, -1], [3, 4, 5]] = 255
    drawings = np.tile((known[[0, BLOCK, -1, 1]] > 0).astype(float), (2, 1))
    drawings[:, 10:13] = 1  # three pixels more: too many
    drawings[:4, 10] = drawings[:4, 11] = 0
    assert legibility(drawings, known) == counted(drawings, known[[0, BLOCK, -1, 1]] > 127, 2) == 0.5


def test_of_too_many_known_pictures_every_nth_is_taken(monkeypatch):
    known = np.repeat(RANDOM.integers(0, 2, (6, 40)).astype(float), 2, axis=0)
    known[1::2] = 1 - known[1::2]
    assert legibility(known, known) == 1
    monkeypatch.setattr(likeness, "MOST_WORK", 12 * 12 * 40 // 2)
    assert legibility(known, known) == counted(known, known[::2] > 0.5, 2) == 0.5


def test_by_level_a_drawing_is_half_as_far_from_a_picture_as_the_mean_is():
    known = RANDOM.random((5, 12))
    mean = known.mean(axis=0)
    # From each picture towards the mean: the first three are near enough, the last two are not.
    drawings = np.concatenate([mean + share * (known - mean) for share in (1, 0.8, 0.51, 0.49, 0)])
    apart = np.linalg.norm(drawings[:, None] - known, axis=2) <= np.linalg.norm(known - mean, axis=1) / 2
    assert legibility_of_levels(drawings, known) == apart.any(axis=1).mean()
    assert legibility_of_levels(drawings[:15], known) == 1
    assert legibility_of_levels(drawings[20:], known) == 0


def test_by_level_bytes_are_grey_levels_and_the_mean_picture_has_learned_nothing():
    known = RANDOM.integers(230, 256, (6, 20), dtype=np.uint8)  # all of them light
    mean = np.tile(known.mean(axis=0) / 255, (9, 1))
    assert legibility(mean, known) == 1
    assert legibility_of_levels(mean, known) == 0
    assert legibility_of_levels(known / 255, known) == 1
