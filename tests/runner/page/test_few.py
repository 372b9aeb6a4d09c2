"""The page of few pictures in a real browser, held against Python's own network."""

import numpy as np
import pytest
from browsing import Page
from selenium.webdriver.common.keys import Keys

from latent.pairs import points_between
from runner.models.face import reconstruct
from runner.page.page import page as written

GREY = 1.5 / 255


@pytest.fixture(scope="module", params=["default_result", "denoising_result"])
def result(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def html(result):
    return written(result)


@pytest.fixture
def page(open_html, html):
    return open_html(html)


def cell(result):
    return result.data.cell


def test_the_browser_decodes_and_encodes_every_point_of_a_grid_as_python_does(page, result):
    script = (
        "const run = JSON.parse(byId('run').textContent), layers = await unpackLayers(run[args[0]]);"
        "return args[1].map((values) => Array.from(forward(layers, values)))"
    )
    codes = result.grid.codes.reshape(-1, result.model.latent_size)
    pictures = page.call(script, "decoder", codes.tolist())
    np.testing.assert_allclose(pictures, result.decode(codes).pictures, atol=1e-12)
    noisy = np.abs(result.pixels - 0.3)
    np.testing.assert_allclose(
        page.call(script, "encoder", noisy.tolist()), result.model.encode(noisy).means, atol=1e-9
    )
    lifted = page.call(
        "return args[0].map((place) => ready.then(({map}) => map.space.lift(place)))"
        ".reduce(async (all, one) => [...(await all), await one], [])",
        result.plane.project(codes).tolist(),
    )
    np.testing.assert_allclose(
        result.plane.project(np.array(lifted)), result.plane.project(codes), atol=1e-9
    )
    # A slice through the picture that is shown: it lies beside the plane as far as that does.
    first = result.codes.means[0]
    beside = first - result.plane.lift(result.plane.project(first))
    np.testing.assert_allclose(np.array(lifted) - codes, np.tile(beside, (len(codes), 1)), atol=1e-9)


def test_the_picture_follows_the_pointer_with_the_nearest_character(page, result):
    for spot in result.plane.project(result.grid.codes[2:13:5, 3:12:4]).reshape(-1, 2):
        page.point(spot)
        decoded = result.decode(page.code())
        np.testing.assert_allclose(page.picture("#decoded", cell(result)), decoded.pictures[0], atol=GREY)
        name, distance = result.data.judged.captions[decoded.nearest[0]], decoded.distance[0]
        assert page.text("nearest") == (f"This is {name}" if distance == 0 else f"Nearest: {name}")
        assert distance == 0 or page.text("distance").startswith(f"{distance} pixel")


def test_two_pins_make_a_path_a_third_starts_anew_and_escape_clears(page, result):
    first, last = result.places[0], result.places[4]
    # Where glyphs were moved apart, a click beside them pins the very place.
    page.call("(await ready).map.snap = (pin) => pin")
    page.point(first, click=True)
    assert (page.count(".overlay .pin"), page.count("#path figure")) == (1, 0)
    page.point(last, click=True)
    assert (page.count(".overlay .pin"), page.count("#path figure"), page.count(".overlay .step")) == (
        2,
        7,
        5,
    )
    page.point(first, click=True)
    assert (page.count(".overlay .pin"), page.count("#path figure")) == (1, 0)
    page.keys(Keys.ESCAPE)
    assert page.count(".overlay .pin") == 0


def test_a_click_on_a_glyph_takes_its_own_code_and_shows_the_character(page, result):
    spots = page.call(
        "const {map, scene: {pictures}} = await ready; return pictures.spots.map((s) => map.toPlace(s))"
    )
    page.point(spots[1], click=True)
    assert page.call("return byId('chosen').value") == "1"
    page.point(spots[5], click=True)
    between = result.decode(points_between(result.codes.means[1], result.codes.means[5]))
    captions = page.call(
        "return [...document.querySelectorAll('#path figcaption')].map(({textContent}) => textContent)"
    )
    labels = [result.data.judged.captions[index] for index in between.nearest]
    wanted = [f"{label} +{d}" if d else label for label, d in zip(labels, between.distance, strict=True)]
    assert captions[1:-1] == wanted
    np.testing.assert_allclose(
        page.picture("#path figure:nth-child(4) canvas", cell(result)), between.pictures[2], atol=GREY
    )


def test_flipped_pixels_are_encoded_and_decoded_in_the_page(page, result):
    page.call("byId('chosen').value = 3; byId('chosen').dispatchEvent(new Event('change'))")
    noisy = result.pixels[3].copy()
    for pixel in (7, 23):
        noisy[pixel] = 1 - noisy[pixel]
        row, column = divmod(pixel, result.data.columns)
        x, y = page.call(
            "const canvas = byId('input'); canvas.scrollIntoView({block: 'center'});"
            "const box = canvas.getBoundingClientRect(), [row, column, rows, columns] = args;"
            "return [box.left + (column + 0.5) / columns * box.width,"
            "box.top + (row + 0.5) / rows * box.height]",
            *(row, column, *cell(result)),
        )
        page.pointer(x, y, kind="touch" if pixel == 7 else "mouse")
    output = reconstruct(result.model, noisy[None])[0]
    np.testing.assert_allclose(page.picture("#output", cell(result)), output, atol=GREY)
    wrong = int(((output > 0.5) != (result.pixels[3] > 0.5)).sum())
    end = f"drawn as {result.data.judged.captions[3]}." if wrong == 0 else "wrong."
    assert page.text("restored").startswith("2 pixels flipped")
    assert page.text("restored").endswith(end)
    assert page.count(".overlay .landed.trail") == 1
    page.click("#reset")
    assert page.text("restored").startswith("no pixel flipped")
    assert page.count(".overlay .generated") == len(result.config.generate)
    page.click("#disturb")
    assert "flipped" in page.text("restored")


def test_the_keyboard_reaches_everything(page, result):
    axes, sliders = (["axis-x", "axis-y"], ["INPUT"] * 4) if result.model.latent_size > 2 else ([], [])
    wanted = [
        *("map-png", "map-svg", "find", "color", *axes, "map", "show-pictures", "show-grid"),
        *(
            "zoom-in",
            "zoom-out",
            "select",
            "play",
            "moment",
            *("decoded-png", "decoded-svg", "decoded-csv"),
            *sliders,
        ),
        *("through-png", "through-svg", "input", "chosen", "disturb", "reset"),
        *("own-png", "own-svg", "own-input"),
    ]
    focused = []
    for _ in wanted:
        page.keys(Keys.TAB)
        focused.append(page.call("return document.activeElement.id || document.activeElement.tagName"))
    assert focused == wanted
    page.call("byId('map').focus()")
    start = page.place()
    page.keys(Keys.ARROW_RIGHT, Keys.ARROW_UP)
    x, y = page.place()
    assert x > start[0]
    assert y > start[1]
    page.keys(Keys.ENTER, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ENTER)
    assert page.count("#path figure") == 7
    page.call("byId('input').focus()")
    page.keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, " ")
    assert page.text("restored").startswith("1 pixel flipped")


def test_a_tap_pins_and_a_drag_moves(page, result):
    page.call("(await ready).map.snap = (pin) => pin")
    page.point(result.places[2], click=True, kind="touch")
    assert page.count(".overlay .pin") == 1
    np.testing.assert_allclose(page.place(), result.places[2], atol=0.05 * np.ptp(result.places))


def test_nothing_can_leave_the_page(page):
    violated, failed = page.call(
        "const violation = new Promise((resolve) => addEventListener('securitypolicyviolation',"
        "({violatedDirective}) => resolve(violatedDirective)));"
        "let failed = false; await fetch('http://localhost:9/').catch(() => (failed = true));"
        "return [await violation, failed]"
    )
    assert (violated, failed) == ("connect-src", True)
    assert page.messages()  # of the refused request, and of nothing else
    page.requests()


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone_by_day_and_by_night(browser, result, html, tmp_path, dark):
    page = Page(browser, tmp_path / "explore.html", html, width=360, height=640, dark=dark)
    assert page.overflow() == 0
    page.point(result.places[0], click=True, kind="touch")
    page.point(result.places[5], click=True, kind="touch")
    assert page.overflow() == 0
    shade = page.call("return getComputedStyle(document.body).backgroundColor")
    assert shade == ("rgb(18, 20, 23)" if dark else "rgb(247, 246, 243)")
    (territory,) = page.shades("#24506e" if dark else "#bfdcf0")
    assert territory > 50
    assert page.messages() == []


def test_the_decoder_draws_the_whole_range_of_the_codes(page, result):
    page.click("#show-grid")
    assert page.count('#show-grid[aria-pressed="true"]') == 1
    (territory,) = page.shades("#bfdcf0")
    assert territory == 0
    for row, column in ((0, 0), (7, 7), (3, 12)):
        place = result.region.coordinates(result.grid.codes[row, column])
        page.point(place)
        # Within half a pixel of the screen.
        np.testing.assert_allclose(page.place(), place, atol=0.005 * np.ptp(result.places))
        drawn = result.decode(page.code()).pictures[0]
        np.testing.assert_allclose(page.picture("#decoded", cell(result)), drawn, atol=GREY)
    page.point(result.places[0], click=True)
    page.point(result.places[1], click=True)
    assert page.count("#path figure") == 7
    page.click("#show-pictures")
    assert page.count('#show-grid[aria-pressed="false"]') == 1
    assert page.count(".overlay .pin") == 2
    page.point(result.places[2])


def test_flipped_pixels_stay_when_the_page_changes_its_size(page, result):
    page.point(result.places[0], click=True)
    page.call("byId('input').focus()")
    page.keys(" ")
    assert page.text("restored").startswith("1 pixel flipped")
    page.call("document.body.style.paddingBottom = '9rem'")
    page.settle()
    assert page.text("restored").startswith("1 pixel flipped")


def test_territories_are_where_the_decoder_draws_a_picture_of_the_set(page, result):
    level = page.call(
        "const {scene: {territories}} = await ready;"
        "const wait = (done) => setTimeout(done, 50);"
        "while (territories.level?.columns !== SIDES.at(-1)) await new Promise(wait);"
        "return {...territories.level, distances: [...territories.level.distances]}"
    )
    (left, right, bottom, top), rows, columns = level["ranges"], level["rows"], level["columns"]
    x = left + (np.arange(columns) + 0.5) / columns * (right - left)
    y = top - (np.arange(rows) + 0.5) / rows * (top - bottom)
    places = np.stack(np.meshgrid(x, y), axis=-1)
    beside = page.code() - result.plane.lift(result.plane.project(page.code()))
    wanted = np.minimum(result.decode(result.plane.lift(places) + beside).distance, 4)
    assert (np.reshape(level["distances"], (rows, columns)) == wanted).mean() > 0.999  # but for rounding


def test_other_codes_and_another_decoder_are_shown_at_once(page, result):
    """As another moment of the training, or a training in the page, has them."""
    page.call(
        "const explorer = await ready, {run} = explorer, decoder = run.decode;"
        "const mirrored = (code) => code.map((z) => -z), codes = run.codes.map(mirrored);"
        "explorer.show({codes, decode: (code) => decoder(mirrored(code))});"
    )
    page.settle()
    page.point(result.places[1])
    drawn = result.decode(-page.code()).pictures[0]
    np.testing.assert_allclose(page.picture("#decoded", cell(result)), drawn, atol=GREY)
    spot, wanted = page.call(
        "const {map, scene: {pictures}, run} = await ready;"
        "return [pictures.places[1], map.space.project(run.codes[1])]"
    )
    assert spot == wanted
