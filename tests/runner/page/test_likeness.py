"""`likeness.js` in a browser: the nearest pictures are those that Python finds."""

import numpy as np
import pytest
from browsing import computing

from latent.likeness import nearest
from runner.page.html_page import own_script


@pytest.fixture(scope="module")
def compute(browser):
    return computing(browser, own_script("network/forward.js", "network/likeness.js"))


NEAREST = (
    "const likeness = new Likeness(Uint8Array.from(args[1]), args[0][0].length, args[2]);"
    "return args[0].map((picture) => [likeness.nearest(picture), likeness.nearestOf(picture, 3)])"
)


@pytest.mark.parametrize("size", [8, 32, 100])
def test_black_and_white_pictures_differ_in_pixels(compute, size):
    random = np.random.default_rng(size)
    characters = random.integers(0, 2, (6, size))
    characters[3] = characters[1]  # of two that are as near, the first
    pictures = random.uniform(0, 1, (30, size))
    found = compute(NEAREST, pictures.tolist(), (255 * characters).ravel().tolist(), True)
    wanted = zip(*(part.tolist() for part in nearest(pictures, characters)), strict=True)
    assert [(one["index"], one["distance"]) for one, _ in found] == list(wanted)
    distances = (characters != (pictures[:, None] > 0.5)).sum(axis=2)
    for (one, several), row in zip(found, distances, strict=True):
        assert several[0] == one
        assert [each["index"] for each in several] == np.argsort(row, kind="stable")[:3].tolist()


def test_grey_pictures_differ_by_the_error(compute):
    random = np.random.default_rng(1)
    known, pictures = random.integers(0, 256, (6, 12)), random.uniform(0, 1, (9, 12))
    found = compute(NEAREST, pictures.tolist(), known.ravel().tolist(), False)
    errors = 0.5 * np.square(pictures[:, None] - known / 255).sum(axis=2)
    for (one, several), row in zip(found, errors, strict=True):
        assert one["distance"] == pytest.approx(row.min())
        assert [each["index"] for each in several] == np.argsort(row)[:3].tolist()


def test_differing_pixels_are_counted(compute):
    random = np.random.default_rng(2)
    one, other = random.uniform(0, 1, (2, 70))
    wanted = ((one > 0.5) != (other > 0.5)).sum()
    assert compute("return differingPixels(...args)", one.tolist(), other.tolist()) == wanted
