"""The page of pictures in colour in a real browser: every canvas has the colours of Python's pictures."""

import numpy as np
import pytest
from browsing import Page

from runner.page.page import page as written

LEVEL = 1.01  # of 255
COLORS = (
    "const canvas = byId(args[0]), [rows, columns] = args[1], {width, height} = canvas;"
    "const copy = new OffscreenCanvas(width, height), context = copy.getContext('2d');"
    "context.drawImage(canvas, 0, 0);"
    "const {data} = context.getImageData(0, 0, width, height), levels = [];"
    "for (let i = 0; i < rows * columns; i++) {"
    "const x = Math.floor(((i % columns) + 0.5) * width / columns);"
    "const y = Math.floor((Math.floor(i / columns) + 0.5) * height / rows);"
    "levels.push(...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3)); }"
    "return levels"
)


@pytest.fixture(scope="module", params=["color_result", "color_vae_result"])
def result(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def html(result):
    return written(result)


@pytest.fixture
def page(browser, html, tmp_path):
    page = Page(browser, tmp_path / "explore.html", html)
    yield page
    assert page.messages() == []
    assert page.requests() == []


def shown(page, name, cell) -> np.ndarray:
    """The levels of a canvas, red, green and blue of each pixel of its picture, 0…255."""
    return np.array(page.call(COLORS, name, list(cell)))


def test_the_picture_at_the_pointer_has_the_colours_of_the_decoder(page, result):
    for spot in result.places[:3]:
        page.point(spot)
        code = result.plane.lift(np.array([page.place()]))
        expected = 255 * result.decode(code).pictures[0]
        assert np.abs(shown(page, "decoded", result.data.cell) - expected).max() <= LEVEL


def test_the_bench_shows_the_colours_and_a_click_flips_all_channels_of_a_pixel(page, result):
    picture = result.pixels[3]
    page.call("(await ready).through.choose(3)")
    assert np.abs(shown(page, "input", result.data.cell) - 255 * picture).max() <= LEVEL
    page.call("(await ready).through.flip(20)")
    flipped = picture.reshape(-1, 3).copy()
    flipped[20] = 1 - flipped[20]
    code = result.model.encode(flipped.reshape(1, -1)).means
    drawn = 255 * result.model.decode(code)[0]
    assert np.abs(shown(page, "output", result.data.cell) - drawn).max() <= LEVEL
    assert page.text("restored").startswith("1 pixel flipped: error ")


def test_what_the_network_sees_is_said(html):
    assert "an image of 48 pixels in colour" in " ".join(html.split())
