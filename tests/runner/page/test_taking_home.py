"""What can be taken home from a page in a real browser: pictures of its panels, codes, and a link."""

import base64
import csv
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from selenium.webdriver.common.keys import Keys

from runner.page.page import page as written

GREY = 1.5 / 255


@pytest.fixture
def opened(open_html, request):
    return lambda name, **looks: open_html(written(request.getfixturevalue(name)), **looks)


# What would be saved is caught on its way to the disk.
CATCH = (
    "window.caught = []; window.make ??= URL.createObjectURL.bind(URL);"
    "URL.createObjectURL = (blob) => { caught.push(blob); return make(blob); };"
    "HTMLAnchorElement.prototype.click = function () { caught.push(this.download); };"
)
LAST = (
    "while (caught.length < 2) await new Promise((done) => setTimeout(done, 20));"
    "const [blob, name] = caught.splice(0), reader = new FileReader();"
    "await new Promise((done) => { reader.onload = done; reader.readAsDataURL(blob); });"
    "return [name, reader.result.split(',')[1]]"
)


def saved(page, selector):
    """Name and content of the file that a button saves."""
    page.call(CATCH)
    page.click(selector)
    name, content = page.call(LAST)
    return name, base64.b64decode(content)


@pytest.mark.parametrize("name", ["default_result", "image_result"])
def test_the_map_is_kept_as_it_is_seen(opened, name):
    page = opened(name)
    page.call("const {map, scene: {places}} = await ready; map.pin(places[1]); map.pin(places[4])")
    page.call("await new Promise((done) => setTimeout(done, 1000))")  # by now all territories are fine
    file, content = saved(page, "#map-png")
    assert file == "map.png"
    image = Image.open(io.BytesIO(content)).convert("RGB")
    page.call("byId('map').scrollIntoView({block: 'center'})")
    seen = page.driver.find_element("id", "map").screenshot_as_png
    screen = Image.open(io.BytesIO(seen)).convert("RGB")
    assert image.size == (2 * screen.width, 2 * screen.height)
    kept, shown = (
        np.asarray(one.resize((screen.width // 4, screen.height // 4), Image.Resampling.BOX), float)
        for one in (image, screen)
    )
    assert np.abs(kept - shown).mean() < 3  # of 255
    file, content = saved(page, "#map-svg")
    assert file == "map.svg"
    tree = ElementTree.fromstring(content)
    assert {"z1", "z2"} <= {text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}polyline"))) >= 1


@pytest.mark.parametrize("panel", ["decoded", "through", "own", "training", "path", "curve"])
def test_each_panel_is_kept(opened, panel):
    page = opened("default_result")
    page.call("const {map, scene: {places}} = await ready; map.pin(places[1]); map.pin(places[4])")
    page.settle()
    _, content = saved(page, f"#{panel}-png")
    image = np.asarray(Image.open(io.BytesIO(content)).convert("L"), float)
    assert (image < 80).mean() > 0.01 or panel in ("curve", "training")
    assert np.ptp(image) > 100
    _, content = saved(page, f"#{panel}-svg")
    assert ElementTree.fromstring(content).tag.endswith("svg")


def test_the_code_that_is_kept_means_what_is_shown(opened, denoising_result):
    result = denoising_result
    page = opened("denoising_result")
    page.call("const {map, scene: {places}} = await ready; map.pin(places[1]); map.pin(places[4])")
    page.settle()
    name, content = saved(page, "#decoded-csv")
    assert name == "code.csv"
    header, *rows = csv.reader(io.StringIO(content.decode()))
    assert header == ["name", "z1", "z2", "z3", "z4"]
    assert [row[0] for row in rows] == ["point", "pin 1", "pin 2"]
    codes = np.array([row[1:] for row in rows], float)
    np.testing.assert_array_equal(codes[0], page.code()[0])
    drawn = result.decode(codes)
    np.testing.assert_allclose(page.picture("#decoded", result.data.cell), drawn.pictures[0], atol=GREY)
    last = page.picture("#path figure:last-child canvas", result.data.cell)
    np.testing.assert_allclose(last, drawn.pictures[2], atol=GREY)
    # With a key, the code under the pointer.
    page.point(result.places[6])
    wanted = page.code()[0]
    page.call(CATCH + "byId('map').focus()")
    page.keys("c")
    _, content = page.call(LAST)
    first = base64.b64decode(content).decode().splitlines()[1].split(",")[1:]
    np.testing.assert_array_equal(np.array(first, float), wanted)


STATE = (
    "const {map, views, coloring, legend, finder, scene: {places}} = await ready;"
    "return [[...map.ranges], [...map.settled], map.pins.map(({code}) => [...code]), views.numbers,"
    "views.isGrid, coloring.kind, [...legend.hidden], [...finder.found], map.region && [...map.region]]"
)


def flat(state):
    return [x for part in state for x in (flat(part) if isinstance(part, list) else [part])]


def assert_restored(page, before):
    address = page.call("(await ready).address.write(); return location.hash")
    assert len(address) < 700
    page.driver.get(f"{page.driver.current_url.split('#')[0]}#x")
    page.driver.get(f"{page.driver.current_url.split('#')[0]}{address}")
    page.driver.refresh()
    page.settle()
    after = page.call(STATE)
    for one, other in zip(flat(before), flat(after), strict=True):
        assert other == (pytest.approx(one, rel=1e-7, abs=1e-7) if isinstance(one, float) else one)
    assert page.text("address") == "" or not page.call("return byId('address').checkVisibility()")


def test_the_address_brings_back_what_is_seen(opened, denoising_result):
    page = opened("denoising_result")
    page.call(
        "const explorer = await ready, {map} = explorer; explorer.views.along([2, 0]);"
        "map.pin(explorer.scene.places[5]); map.zoomBy(3, map.point); explorer.colorBy('z4');"
        "map.pin(map.toPlace([200, 150])); byId('find').value = 'A'; explorer.finder.look('A')"
    )
    page.settle()
    assert_restored(page, page.call(STATE))


def test_the_address_knows_classes_regions_and_the_grid(opened, image_result):
    page = opened("image_result")
    page.call(
        "const explorer = await ready, {map} = explorer; explorer.hide([1]);"
        "map.select(explorer.scene.places[3], explorer.scene.places[8]); map.endSelection()"
    )
    page.settle()
    assert_restored(page, page.call(STATE))
    page = opened("image_result")
    page.click("#show-grid")
    page.point((0.3, 0.6), click=True)
    assert_restored(page, page.call(STATE))


def test_the_address_knows_the_moment(opened, default_result):
    page = opened("default_result")
    page.call("const {time} = await ready; time.go(3)")
    page.settle()
    epoch, codes = page.text("epoch"), page.call("return (await ready).run.codes.map((code) => [...code])")
    assert_restored(page, page.call(STATE))
    assert page.text("epoch") == epoch
    assert page.call("return (await ready).run.codes.map((code) => [...code])") == codes


def test_the_address_follows_by_itself_and_tells_what_does_not_fit(opened, default_result):
    page = opened("default_result")
    page.point(default_result.places[2], click=True)
    page.call("byId('map').focus()")
    page.keys("+", Keys.ARROW_LEFT)
    page.call("await new Promise((done) => setTimeout(done, 500))")
    address = page.call("return location.hash")
    assert "code=" in address
    assert "pins=" in address
    assert "view=" in address
    page.call(
        "location.hash = '#code=1,2,3&color=z1&hide=7'; await new Promise((done) => setTimeout(done, 50))"
    )
    assert (
        page.text("address") == "The address of this page says of hide, code what this run does not have."
    )
    assert page.call("return byId('color').value") == "z1"
