"""The page of pictures in colour in a real browser: every canvas has the colours of Python's pictures."""

import numpy as np
import pytest

from runner.page.page import page as written

LEVEL = 1.01 / 255


@pytest.fixture(scope="module", params=["color_result", "color_vae_result"])
def result(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def html(result):
    return written(result)


@pytest.fixture
def page(open_html, html):
    return open_html(html)


def check(page, canvas, result, pixels):
    """A canvas has the colours of a picture `(pixels,)`, to a level of 255."""
    assert np.abs(page.picture(canvas, result.data.cell) - (1 - pixels)).max() <= LEVEL


def test_the_picture_at_the_pointer_has_the_colours_of_the_decoder(page, result):
    for spot in result.places[:3]:
        page.point(spot)
        code = result.plane.lift(np.array([page.place()]))
        check(page, "#decoded", result, result.decode(code).pictures[0])


def test_the_bench_shows_the_colours_and_a_click_flips_all_channels_of_a_pixel(page, result):
    picture = result.pixels[3]
    page.call("(await ready).through.choose(3)")
    check(page, "#input", result, picture)
    page.call("(await ready).through.flip(20)")
    flipped = picture.reshape(-1, 3).copy()
    flipped[20] = 1 - flipped[20]
    code = result.model.encode(flipped.reshape(1, -1)).means
    check(page, "#output", result, result.model.decode(code)[0])
    assert page.text("restored").startswith("1 pixel flipped: error ")


def test_what_the_network_sees_is_said(html):
    assert "an image of 48 pixels in colour" in " ".join(html.split())
