"""The page of many pictures in a real browser, held against Python's own network."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from browsing import Page
from selenium.webdriver.common.keys import Keys
from vae_plans import random_weights

from runner.data import Pictures
from runner.figures.style import CLASS_COLORS
from runner.models.face import Candidate
from runner.models.variational import VariationalAutoencoder
from runner.page import packing
from runner.page import page as module
from runner.page.page import page as written
from runner.result.result import SHUFFLING_SEED
from vae.trained import rebuild

GREY = 1.5 / 255


@pytest.fixture(scope="module")
def html(image_result):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "MOST_EXACT_WEIGHTS", 0)
        return written(image_result)


@pytest.fixture
def page(open_html, html):
    return open_html(html)


@pytest.fixture(scope="module")
def rounded(image_result):
    """The network with the weights that the page of a large one has: half precision."""
    return rounded_model(image_result)


def rounded_model(result):
    trained = result.model.trained
    weights = {name: w.astype(np.float16).astype(np.float32) for name, w in trained.weights.items()}
    return VariationalAutoencoder(replace(trained, weights=weights))


def ink(levels):
    """What a picture by day, of which 1 is white, has of ink."""
    return 1 - levels


def mixed(paper, color, share):
    """The colour of a dot on paper."""
    pairs = [[int(one[start : start + 2], 16) for one in (paper, color)] for start in (1, 3, 5)]
    return "#" + "".join(f"{round(low + share * (high - low)):02x}" for low, high in pairs)


def shown_images(result):
    """The test images in the order of the page."""
    return np.random.default_rng(SHUFFLING_SEED).permutation(len(result.pixels))


def test_the_browser_decodes_every_point_of_the_grid_as_python_does(page, image_result, rounded):
    codes = image_result.grid.codes.reshape(-1, 2)
    pictures = page.call(
        "const layers = await unpackLayers(JSON.parse(byId('run').textContent).decoder);"
        "return args[0].map((code) => Array.from(forward(layers, code)))",
        codes.tolist(),
    )
    np.testing.assert_allclose(pictures, rounded.decode(codes), atol=1e-5)
    np.testing.assert_allclose(pictures, image_result.grid.pictures.reshape(len(codes), -1), atol=0.01)


def test_the_pointer_decodes_and_finds_the_nearest_image(page, image_result, rounded):
    order = shown_images(image_result)
    for index in (order[3], order[40]):
        code = image_result.codes.means[index]
        page.point(code)
        drawn = rounded.decode(np.array([page.place()]))[0]
        np.testing.assert_allclose(page.picture("#decoded", image_result.data.cell), ink(drawn), atol=GREY)
        places = image_result.codes.means[order]
        closest = page.call("return byId('code').textContent").strip("()").replace("−", "-").split(", ")
        nearest = order[np.abs(places - np.array(closest, float)).sum(axis=1).argmin()]
        image = image_result.pixels[nearest]
        np.testing.assert_allclose(page.picture("#input", image_result.data.cell), ink(image), atol=GREY)
        output = rounded.decode(image_result.codes.means[[nearest]])[0]
        np.testing.assert_allclose(page.picture("#output", image_result.data.cell), ink(output), atol=GREY)
        assert page.text("restored") == image_result.data.judged.names[nearest]


def test_the_legend_hides_classes(page, image_result):
    # Dots let a quarter of what lies below them through, several of them less.
    colors = [mixed("#ffffff", color, 0.875) for color in CLASS_COLORS[:3]]
    assert min(page.shades(*colors, tolerance=35)) > 0
    assert page.count(".overlay text.class") == 3
    page.click("#classes li:nth-child(2) button")
    shades = page.shades(*colors, tolerance=35)
    assert shades[1] == 0
    assert min(shades[0], shades[2]) > 0
    assert page.count(".overlay text.class") == 2
    # Names of classes that lie together stand beside each other.
    first, second = page.call(
        "const {map, scene: {pictures, places}, legend} = await ready;"
        "pictures.places = places.map(() => places[0]);"
        "return pictures.marks(legend).map(({place}) => map.toSpot(place))"
    )
    assert abs(first[0] - second[0]) >= 20 or abs(first[1] - second[1]) >= 14
    assert page.count('#classes [aria-pressed="false"]') == 1
    page.point(image_result.codes.means[image_result.data.test.labels == 1].mean(axis=0))
    assert page.text("restored") != "class 1"
    page.click("#classes li:nth-child(2) button")
    assert min(page.shades(*colors, tolerance=35)) > 0


def test_the_grid_shows_the_quantiles_of_the_prior(page, image_result, rounded):
    page.click("#show-grid")
    assert page.count('#show-grid[aria-pressed="true"]') == 1
    for row, column in ((0, 0), (7, 7), (3, 12)):
        shares = np.linspace(0.05, 0.95, 15)
        page.point((shares[column], shares[14 - row]))
        code = np.array(
            [float(part.replace("−", "-")) for part in page.text("point").strip("()").split(",")]
        )
        np.testing.assert_allclose(code, image_result.grid.codes[row, column], atol=0.03)
    page.point((0.3, 0.3), click=True)
    page.point((0.7, 0.8), click=True)
    assert page.count("#path figure") == 7
    page.click("#show-pictures")
    assert page.count('#show-grid[aria-pressed="false"]') == 1
    assert page.count(".overlay .pin") == 2


def test_a_prior_is_seen_along_the_numbers_that_vary(page):
    tables = "{shares: [0, 1], values: [-2, 2]}"
    space = f"priorSpace({tables}, [1, 4], [5, 6, 7, 8, 9])"
    assert page.call(f"return {space}.lift([0.5, 0.75])") == [5, 0, 7, 8, 1]
    assert page.call(f"return {space}.project([9, -1, 9, 9, 2])") == [0.25, 1]
    line = f"priorSpace({tables}, [0], [0])"
    assert page.call(f"return {line}.lift([0.75, 0])") == [1]
    assert page.call(f"return {line}.project([1])") == [0.75, 0]


def test_pins_paths_and_keys(page):
    page.call("byId('map').focus()")
    page.keys(Keys.ENTER, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ENTER)
    assert (page.count("#path figure"), page.count(".overlay .step")) == (7, 5)
    page.keys(Keys.ESCAPE)
    assert page.count("#path figure") == 0
    focused = []
    for _ in range(10):
        page.keys(Keys.TAB)
        focused.append(page.call("return document.activeElement.textContent"))
    assert focused[0] == "Test images"
    assert focused[-3:] == ["class 0", "class 1", "class 2"]


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone_by_day_and_by_night(browser, html, tmp_path, dark):
    page = Page(browser, tmp_path / "explore.html", html, width=360, height=640, dark=dark)
    page.click("#show-grid")
    assert page.overflow() == 0
    contrasts = page.call(
        "return [...document.querySelectorAll('#classes button')]"
        ".map((button) => contrast(button.style.getPropertyValue('--class'), color('--surface')))"
    )
    assert not dark or min(contrasts) >= 3
    assert page.messages() == []


def page_data(html):
    return json.loads(re.search(r'id="run">(.*?)</script>', html, re.DOTALL)[1])


def test_a_decoder_that_is_too_large_is_left_out_and_the_page_says_so(
    browser, image_result, tmp_path, monkeypatch
):
    monkeypatch.setattr(packing, "LARGEST_NETWORK", 10)
    page = Page(browser, tmp_path / "explore.html", written(image_result))
    assert page.call("return byId('no-decoder').checkVisibility()")
    assert not page.call("return byId('show-grid').checkVisibility()")
    page.point(image_result.codes.means[0])
    page.point(image_result.codes.means[1], click=True)
    assert page.text("restored").startswith("class ")
    assert page.messages() == []


def untrained(result, latent, rows, columns, **keys):
    """A result with random weights, for any size of the code and of the images, without classes."""
    random = np.random.default_rng(0)
    drawn = random.integers(0, 256, (50, rows * columns), np.uint8)
    parts = [
        Pictures(drawn[rows], [f"image {i}" for i in range(30)]) for rows in np.split(np.arange(50), [30])
    ]
    data = replace(result.data, train=parts[0], test=parts[1], cell=(rows, columns), class_names=[])
    trained = result.model.trained
    plan = replace(trained.plan, shape=(rows, columns, 1), latent_layer_neurons=latent, **keys)
    model = VariationalAutoencoder(rebuild(plan, random_weights(plan, 0.1)))
    candidate = Candidate(0, model, result.history, diverged=False)
    config = result.config.model_copy(update={"latent_layer_neurons": latent, "generate": []})
    training = replace(result.training, candidates=[candidate])
    return replace(result, config=config, data=data, training=training)


def test_a_large_convolutional_network_is_drawn_in_the_end(browser, image_result, tmp_path):
    layers = {"layer_kind": "convolutional", "neurons_per_layer": [96, 192]}
    result = untrained(image_result, 2, 64, 64, **layers)
    page = Page(browser, tmp_path / "explore.html", written(result))
    page.point(result.places[shown_images(result)[3]])
    page.call("await new Promise((done) => setTimeout(done, 1000))")
    drawn = rounded_model(result).decode(np.array([page.place()]))[0]
    np.testing.assert_allclose(page.picture("#decoded", (64, 64)), ink(drawn), atol=GREY)
    assert page.messages() == []


@pytest.mark.parametrize(("latent", "cell"), [(1, (4, 9)), (4, (60, 25))])
def test_any_code_and_any_image_have_a_page(browser, image_result, tmp_path, monkeypatch, latent, cell):
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    result = untrained(image_result, latent, *cell)
    page = Page(browser, tmp_path / "explore.html", written(result))
    assert page.count("#classes li") == 0
    assert page.call("return byId('color').value") == "error"
    assert page.call("return byId('scale').checkVisibility()")
    index = shown_images(result)[3]
    page.point(result.places[index], click=True)
    assert page.text("restored").startswith("image ")
    drawn = result.decode(page.code()).pictures[0]
    np.testing.assert_allclose(page.picture("#decoded", cell), ink(drawn), atol=GREY + 0.002)
    before = page.code()
    page.click("#show-grid")
    page.point((0.5, 0.5 if latent > 1 else 0))
    varied = list(result.region.varied[:latent])
    np.testing.assert_allclose(page.code()[0, varied], 0, atol=0.05)
    np.testing.assert_allclose(np.delete(page.code(), varied), np.delete(before, varied), atol=1e-5)
    middle = result.decode(page.code()).pictures[0]
    np.testing.assert_allclose(page.picture("#decoded", cell), ink(middle), atol=0.02)
    assert page.messages() == []


def test_one_number_of_many_pictures_is_a_strip_with_a_histogram(browser, image_result, tmp_path):
    result = untrained(image_result, 1, 4, 9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("runner.data.MOST_FEW", 5)
        page = Page(browser, tmp_path / "explore.html", written(result))
    ranges, bins, heights = page.call(
        "const {map, scene: {pictures}} = await ready;"
        "const {canvas} = map.chart, {left, top, width} = map.frame;"
        "const end = Math.round(map.toSpot([0, 0])[1] - ABOVE_DOTS), paper = channels(color('--surface'));"
        "const copy = new OffscreenCanvas(canvas.width, canvas.height);"
        "const context = copy.getContext('2d', {willReadFrequently: true});"
        "context.drawImage(canvas, 0, 0); const isPaper = (data, i) =>"
        "data[i + 3] === 0 || data.slice(i, i + 3).every((level, c) => level === paper[c]);"
        "const heights = Array.from({length: BINS}, (_, bin) => {"
        "const x = Math.round(left + ((bin + 0.5) * width) / BINS);"
        "const {data} = context.getImageData(x, top, 1, end - top - 1); let count = 0;"
        "while (count < end - top - 1 && !isPaper(data, 4 * (end - top - 2 - count))) count++;"
        "return count; }); return [map.ranges, BINS, heights]"
    )
    places = result.places[shown_images(result), 0]
    counts = np.histogram(places, bins, ranges[:2])[0]
    np.testing.assert_allclose(heights, counts / counts.max() * max(heights), atol=2)
    assert max(heights) > 100
    assert page.messages() == []


def test_the_page_stays_within_its_size(image_result, html, monkeypatch):
    monkeypatch.setattr(packing, "MOST_EXACT_WEIGHTS", 0)
    everything = len(page_data(html)["classes"])
    assert everything == len(image_result.pixels)
    monkeypatch.setattr(module, "LARGEST_PAGE", len(html) - 1)
    smaller = page_data(written(image_result))
    assert len(smaller["classes"]) == everything // 2
    monkeypatch.setattr(module, "LARGEST_PAGE", 0)
    assert len(page_data(written(image_result))["classes"]) == 1
