"""The map in a real browser: zoomed, searched, coloured, and cut open along other numbers."""

import numpy as np
import pytest
from selenium.webdriver.common.keys import Keys

from runner.figures.style import CLASS_COLORS
from runner.page.page import page as written

GREY = 1.5 / 255


@pytest.fixture(scope="module")
def html(request):
    kept = {}

    def of(name):
        if name not in kept:
            kept[name] = written(request.getfixturevalue(name))
        return kept[name]

    return of


@pytest.fixture
def opened(open_html, html):
    return lambda name, **looks: open_html(html(name), **looks)


def ranges(page):
    return np.array(page.call("return (await ready).map.ranges"))


def spot(page, place):
    """Where a place of the map is in the window."""
    return page.call(
        "const {map} = await ready; map.element.scrollIntoView({block: 'center'});"
        "const box = map.element.getBoundingClientRect(), spot = map.toSpot(args[0]);"
        "return [box.left + spot[0], box.top + spot[1]]",
        list(map(float, place)),
    )


def wheel(page, at, delta):
    mouse = {"type": "mouseWheel", "x": at[0], "y": at[1], "deltaX": 0, "deltaY": delta}
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", mouse)
    page.call("await new Promise((done) => setTimeout(done, 60))")
    page.settle()


def drag(page, start, end, modifiers=0):
    """With the left button of the mouse."""
    steps = [
        ("mousePressed", start),
        *(("mouseMoved", at) for at in np.linspace(start, end, 5)[1:].tolist()),
    ]
    for kind, (x, y) in (*steps, ("mouseReleased", end)):
        event = {"type": kind, "x": x, "y": y, "modifiers": modifiers, "clickCount": 1}
        page.driver.execute_cdp_cmd(
            "Input.dispatchMouseEvent", {**event, "button": "left", "buttons": int(kind != "mouseReleased")}
        )
    page.settle()


def touch(page, kind, spots):
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(spots)]
    page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.settle()


@pytest.mark.parametrize("name", ["default_result", "image_result"])
def test_the_wheel_zooms_around_the_pointer_and_a_drag_moves_the_map(opened, request, name):
    page, result = opened(name), request.getfixturevalue(name)
    whole, place = ranges(page), result.places[1]
    at = spot(page, place)
    assert page.call("return byId('zoom-whole').disabled")
    wheel(page, at, -400)
    zoomed = ranges(page)
    assert (whole[1] - whole[0]) / (zoomed[1] - zoomed[0]) == pytest.approx(2**0.8)
    np.testing.assert_allclose(spot(page, place), at, atol=0.6)
    drag(page, at, [at[0] + 40, at[1] - 25])
    np.testing.assert_allclose(spot(page, place), [at[0] + 40, at[1] - 25], atol=1.1)
    assert page.count(".overlay .pin") == 0  # a drag is no click
    page.click("#zoom-whole")
    np.testing.assert_allclose(ranges(page), whole)
    wheel(page, at, 100)  # there is nothing to zoom out of: the page scrolls
    np.testing.assert_allclose(ranges(page), whole)


def test_two_fingers_zoom_and_one_leads_the_point(opened, default_result):
    page = opened("default_result", width=360, height=740)
    whole, middle = ranges(page), default_result.places.mean(axis=0)
    x, y = spot(page, middle)
    touch(page, "touchStart", [[x - 20, y], [x + 20, y]])
    touch(page, "touchMove", [[x - 30, y + 10], [x + 30, y + 10]])
    touch(page, "touchMove", [[x - 40, y + 20], [x + 40, y + 20]])
    touch(page, "touchEnd", [])
    zoomed = ranges(page)
    assert (whole[1] - whole[0]) / (zoomed[1] - zoomed[0]) == pytest.approx(2, rel=0.02)
    np.testing.assert_allclose(spot(page, middle), [x, y + 20], atol=1.5)
    assert page.count(".overlay .pin") == 0
    touch(page, "touchStart", [[x, y]])
    touch(page, "touchMove", [[x + 30, y + 30]])
    np.testing.assert_allclose(spot(page, page.place()), [x + 30, y + 30], atol=1)
    np.testing.assert_allclose(ranges(page), zoomed)
    touch(page, "touchEnd", [])
    settled = page.call("return [...(await ready).map.settled]")
    np.testing.assert_allclose(settled, page.code()[0], atol=1e-9)  # no finger is on its way elsewhere


def test_keys_zoom_follow_the_point_and_select(opened, image_result):
    page = opened("image_result")
    page.call("byId('map').focus()")
    whole, start = ranges(page), page.place()
    page.keys("+", "+")
    assert (whole[1] - whole[0]) / (ranges(page)[1] - ranges(page)[0]) == pytest.approx(2.25)
    np.testing.assert_allclose(page.place(), start)
    before = ranges(page)
    page.keys(*[Keys.ARROW_LEFT] * 60)
    assert ranges(page)[0] < before[0]
    assert ranges(page)[0] <= page.place()[0] <= ranges(page)[1]
    page.keys("-", "0")
    np.testing.assert_allclose(ranges(page), whole)
    page.keys("s", *[Keys.ARROW_RIGHT] * 9, *[Keys.ARROW_UP] * 8, Keys.ENTER)
    assert page.count(".overlay .region") == 1
    assert page.text("region-count").split(" of ")[1].startswith("310")
    page.keys(Keys.ESCAPE)
    assert page.count(".overlay .region") == 0
    assert not page.call("return byId('region-part').checkVisibility()")


def test_a_region_shows_what_lies_in_it(opened, image_result):
    page = opened("image_result")
    low, high = np.quantile(image_result.places, [0.3, 0.6], axis=0)
    drag(page, spot(page, low), spot(page, high), modifiers=8)
    left, right, bottom, top = page.call("return (await ready).map.region")
    x, y = image_result.places.T
    inside = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
    said = page.text("region-count")
    assert said.startswith(f"{inside.sum()} of 310: ")
    counts = np.bincount(image_result.data.judged.labels[inside], minlength=3)
    assert f"class {counts.argmax()} {counts.max()}" in said
    assert page.count("#region canvas") == min(30, inside.sum())
    page.click("#region button:nth-child(2)")
    index = page.call("return document.querySelectorAll('#region canvas')[1].dataset.index")
    codes = page.call("return [...(await ready).run.codes[args[0]]]", int(index))
    np.testing.assert_allclose(page.code()[0], codes, atol=1e-6)


def test_a_button_lets_a_finger_select(opened):
    page = opened("image_result", width=360, height=740)
    page.click("#select")
    page.call("(await ready).map.element.scrollIntoView({block: 'center'})")
    x, y = page.call(
        "const box = (await ready).map.element.getBoundingClientRect();"
        "return [box.left + box.width / 2, box.top + box.height / 2]"
    )
    touch(page, "touchStart", [[x - 40, y - 40]])
    touch(page, "touchMove", [[x + 40, y + 40]])
    touch(page, "touchEnd", [])
    assert page.count(".overlay .region") == 1
    assert page.count("#region canvas") > 0
    assert page.call("return byId('select').ariaPressed") == "false"


def test_dots_become_pictures_where_there_is_room(opened, image_result):
    page = opened("image_result")
    is_close = "return (await ready).scene.pictures.isClose"
    assert not page.call(is_close)
    page.call(
        "const {map, scene: {places}} = await ready, [x, y] = places[3];"
        "map.view([x - args[0], x + args[0], y - args[0], y + args[0]])",
        float(np.ptp(image_result.places) / 100),
    )
    page.settle()
    assert page.call(is_close)
    shown = page.call("return (await ready).scene.pictures.shown")
    assert 3 in shown
    # A click on a picture is one on its very code.
    place = page.call(
        "const {map, scene: {pictures}} = await ready;"
        "return map.toPlace(pictures.spots[pictures.shown.indexOf(3)])"
    )
    page.point(place, click=True)
    codes = page.call("return [...(await ready).run.codes[3]]")
    np.testing.assert_allclose(page.code()[0], codes, atol=1e-6)


def test_pictures_are_found_by_name_and_visited(opened, few_result, image_result):
    page = opened("few_result")
    page.call("byId('find').focus()")
    page.keys(*"CROSS")
    assert page.text("found") == "6 found"
    page.keys(Keys.ENTER, Keys.ENTER)
    assert page.text("found") == "2 of 6"
    np.testing.assert_allclose(page.code()[0], few_result.codes.means[1], atol=1e-12)
    assert page.call("return byId('chosen').value") == "1"
    (rings,) = page.shades("#8a1f6b")
    page.keys(*[Keys.BACKSPACE] * 5)
    assert page.text("found") == ""
    assert rings > 100 > page.shades("#8a1f6b")[0]
    page = opened("image_result")
    page.call("byId('find').focus()")
    page.keys(*"class 2", Keys.ENTER)
    assert page.text("found") == f"1 of {(image_result.data.judged.labels == 2).sum()}"
    assert page.text("restored") == "class 2"


def test_exact_names_come_before_others(opened):
    page = opened("default_result")
    found = [
        page.call("return matches(['A', 'a', 'digit 1', 'B1'], args[0])", text) for text in ("a", "b1", "1")
    ]
    assert found == [[1], [3], [2, 3]]


def test_what_colours_the_map_is_said(opened, image_result, few_result):
    page = opened("image_result")

    def by(kind):
        page.call("byId('color').value = args[0]; byId('color').dispatchEvent(new Event('change'))", kind)
        page.settle()
        return page.call("return [...byId('scale').children].map((one) => one.textContent)")

    assert not page.call("return byId('scale').checkVisibility()")
    errors = by("error")
    wanted = np.quantile(image_result.errors, [0, 0.5, 1], method="higher")
    np.testing.assert_allclose(np.array(errors, float), wanted, rtol=0.01)
    shares = np.array(page.call("return (await ready).coloring.shares"))
    order = np.random.default_rng(0).permutation(310)
    assert (np.diff(image_result.errors[order][np.argsort(shares)]) > -1e-3).all()  # they are rounded
    low, _, high = (float(text.replace("−", "-")) for text in by("z2"))
    np.testing.assert_allclose([low, high], np.quantile(image_result.codes.means[:, 1], [0, 1]), rtol=0.01)
    page = opened("few_result")
    assert min(page.shades(*CLASS_COLORS[:2])) > 50
    by("none")
    assert max(page.shades(*CLASS_COLORS[:2])) < 50


def test_the_axes_are_those_that_are_chosen_and_sliders_are_the_code(opened, denoising_result):
    page, result = opened("denoising_result"), denoising_result
    choose = "byId(args[0]).value = args[1]; byId(args[0]).dispatchEvent(new Event('change'))"
    # It opens with the picture that it says.
    np.testing.assert_allclose(page.code()[0], result.codes.means[0], atol=1e-9)
    page.call(choose, "axis-x", "3")
    page.settle()
    assert page.call("return [byId('axis-x').value, byId('axis-y').value]") == ["3", "0"]
    places = np.array(page.call("return (await ready).scene.places"))
    np.testing.assert_allclose(places, result.codes.means[:, [3, 0]], atol=1e-12)
    np.testing.assert_allclose(page.code()[0], result.codes.means[0], atol=1e-9)
    page.call(choose, "axis-x", "0")  # one number cannot be both: they change places
    page.settle()
    assert page.call("return (await ready).views.numbers") == [0, 3]
    page.call(
        "const [, slider] = document.querySelectorAll('#sliders input');"
        "slider.value = 0.75; slider.dispatchEvent(new Event('input'))"
    )
    page.settle()
    wanted = result.codes.means[0].copy()
    wanted[1] = page.call("return Number(document.querySelectorAll('#sliders input')[1].value)")
    np.testing.assert_allclose(page.code()[0], wanted, atol=1e-9)
    drawn = result.decode(wanted[None]).pictures[0]
    np.testing.assert_allclose(page.picture("#decoded", result.data.cell), drawn, atol=GREY)
    said = page.call(
        "return [...document.querySelectorAll('#sliders output')].map((one) => one.textContent)"
    )
    np.testing.assert_allclose([float(text.replace("−", "-")) for text in said], wanted, atol=0.006)
    page.point(places[4][::-1])
    moved = page.code()[0]
    np.testing.assert_allclose(moved[[1, 2]], wanted[[1, 2]], atol=1e-9)
    page.call(choose, "axis-y", "plane")
    page.settle()
    assert page.call("return byId('axis-x').value") == "plane"


def test_a_click_on_a_picture_cuts_the_space_where_it_lies(opened, denoising_result):
    page, result = opened("denoising_result"), denoising_result
    place = page.call("const {map, scene: {pictures}} = await ready; return map.toPlace(pictures.spots[5])")
    page.point(place, click=True)
    np.testing.assert_allclose(page.code()[0], result.codes.means[5], atol=1e-9)
    drawn = result.decode(result.codes.means[5:6]).pictures[0]
    np.testing.assert_allclose(page.picture("#decoded", result.data.cell), drawn, atol=GREY)


def test_it_opens_on_a_picture_that_can_be_seen(opened):
    page = opened("default_result")
    script = (
        "const pictures = [[0, 0], [1, 1], [0, 1], [1, 0]];"
        "return firstVisible({names: ['', '', '', ''], picture: (index) => pictures[index]})"
    )
    assert page.call(script) == 2
    assert page.call("return firstVisible({names: [''], picture: () => [0, 0]})") == 0


def test_a_glance_with_the_mouse_is_over_when_it_leaves_the_map(opened, default_result):
    page = opened("default_result")
    start = page.code()
    page.point(default_result.places[3])
    assert np.abs(page.code() - start).max() > 0.01
    page.pointer(2, 2, click=False)
    np.testing.assert_allclose(page.code(), start, atol=1e-9)
    page.point(default_result.places[3], click=True)
    pinned = page.code()
    page.pointer(2, 2, click=False)
    np.testing.assert_allclose(page.code(), pinned, atol=1e-9)


ROLES = ("button", "slider", "combobox", "searchbox", "textbox", "spinbutton", "checkbox", "application")


@pytest.mark.parametrize("name", ["denoising_result", "image_result"])
def test_every_control_has_a_name_for_a_screen_reader(opened, name):
    page = opened(name)
    nodes = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    controls = [node for node in nodes if node.get("role", {}).get("value") in ROLES]
    assert len(controls) > 15
    assert [node for node in controls if not node.get("name", {}).get("value")] == []
