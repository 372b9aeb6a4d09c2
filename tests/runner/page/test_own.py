"""A picture of the reader's own in a real browser: drawn, changed, and put through Python's own network."""

import numpy as np
import pytest
from browsing import computing
from selenium.webdriver.common.keys import Keys

from autoencoder.noise import KINDS
from runner.page.html_page import own_script

GREY = 1.5 / 255


def pixel_spot(page, cell, row, column):
    """The middle of a pixel of the canvas in the window."""
    return page.call(
        "const canvas = byId('own-input'); canvas.scrollIntoView({block: 'center'});"
        "const box = canvas.getBoundingClientRect(), [row, column, rows, columns] = args;"
        "return [box.left + (column + 0.5) / columns * box.width,"
        "box.top + (row + 0.5) / rows * box.height]",
        *(row, column, *cell),
    )


def picture_of(page):
    return np.array(page.call("return Array.from((await ready).own.picture)"))


def ground_of(result):
    """What its pictures have in their corners, the median of all."""
    rows, columns = result.data.cell
    corners = result.pixels.reshape(-1, rows, columns)[:, [0, 0, -1, -1], [0, -1, 0, -1]]
    return np.sort(corners, axis=None)[corners.size // 2]


def take(page, picture):
    """As if it had been drawn."""
    page.call("(await ready).own.take(Float64Array.from(args[0]))", np.ravel(picture).tolist())
    page.settle()


def check_through_the_network(page, result, atol=1e-9):
    """Code and drawing on the page are those of Python for the picture that is on it."""
    picture = picture_of(page)
    codes = result.model.encode(picture[None]).means
    code = page.call("return Array.from((await ready).own.code)")
    np.testing.assert_allclose(code, codes[0], atol=atol)
    drawn = page.picture("#own-output", result.data.cell)
    wanted = result.data.as_ink(result.model.decode(codes)[0])
    np.testing.assert_allclose(drawn, wanted, atol=max(GREY, 3 * atol))


def test_a_letter_is_drawn_with_pointer_finger_and_keys(opened, default_result):
    page, cell = opened(default_result), default_result.data.cell
    wanted = np.zeros(cell)
    for row, column, kind in ((1, 2, "mouse"), (5, 0, "touch"), (6, 4, "mouse")):
        page.pointer(*pixel_spot(page, cell, row, column), kind=kind)
        wanted[row, column] = 1
    page.call("byId('own-input').focus()")
    page.keys(Keys.ARROW_LEFT, " ", Keys.ARROW_UP, Keys.ENTER)
    wanted[6, 3] = wanted[5, 3] = 1
    np.testing.assert_array_equal(picture_of(page).reshape(cell), wanted)
    assert page.text("own-cursor") == "row 6, column 4: ink"
    page.keys(" ")
    wanted[5, 3] = 0
    assert page.text("own-cursor") == "row 6, column 4: empty"
    page.pointer(*pixel_spot(page, cell, 1, 2))  # ink that is touched is erased
    wanted[1, 2] = 0
    np.testing.assert_array_equal(picture_of(page).reshape(cell), wanted)
    np.testing.assert_allclose(page.picture("#own-input", cell), wanted.ravel(), atol=GREY)
    check_through_the_network(page, default_result)
    assert page.count("#map .overlay .own") == 1


def test_a_stroke_leaves_no_gaps(opened, default_result):
    from selenium.webdriver.common.action_chains import ActionBuilder

    page, cell = opened(default_result), default_result.data.cell
    first, last = (pixel_spot(page, cell, *at) for at in ((0, 1), (6, 1)))
    actions = ActionBuilder(page.driver, duration=0)
    actions.pointer_action.move_to_location(*map(round, first)).pointer_down()
    actions.pointer_action.move_to_location(*map(round, last)).pointer_up()
    actions.perform()
    page.settle()
    wanted = np.zeros(cell)
    wanted[:, 1] = 1
    np.testing.assert_array_equal(picture_of(page).reshape(cell), wanted)


def test_buttons_change_the_picture_and_the_nearest_are_numpy_s(opened, default_result):
    page, cell = opened(default_result), default_result.data.cell
    letter = default_result.pixels[3].reshape(cell)
    take(page, letter)
    assert page.call("return byId('own-nearest').children[0].value") == "3"
    page.click("#own-right")
    page.click("#own-down")
    wanted = np.zeros(cell)
    wanted[1:, 1:] = letter[:-1, :-1]
    np.testing.assert_array_equal(picture_of(page).reshape(cell), wanted)
    page.click("#own-invert")
    np.testing.assert_array_equal(picture_of(page).reshape(cell), 1 - wanted)
    distances = np.abs(default_result.pixels - (1 - wanted).ravel()).sum(axis=1)
    nearest = np.argsort(distances, kind="stable")[:3]
    found = page.call("return [...byId('own-nearest').children].map(({value}) => Number(value))")
    assert found == nearest.tolist()
    names = page.call("return [...byId('own-nearest').children].map((one) => one.ariaLabel)")
    assert names[0].startswith(f"Take {default_result.data.judged.captions[nearest[0]]}: ")
    assert f" {int(distances[nearest[0]])} pixel" in names[0]
    check_through_the_network(page, default_result)
    page.click("#own-nearest button:nth-child(2)")
    np.testing.assert_array_equal(picture_of(page), default_result.pixels[nearest[1]])
    page.click("#own-erase")
    assert not picture_of(page).any()
    for shift in ("#own-left", "#own-up", "#own-thicken"):
        page.click(shift)
    assert not picture_of(page).any()


@pytest.mark.parametrize("kind", KINDS)
def test_noise_of_every_kind_is_added_at_the_rate_that_is_chosen(opened, default_result, kind):
    page = opened(default_result)
    for rate, wanted in ((100, True), (0, False)):
        take(page, default_result.pixels[2])
        page.call("byId('own-kind').value = args[0]; byId('own-rate').value = args[1]", kind, rate)
        page.click("#own-disturb")
        changed = picture_of(page) != default_result.pixels[2]
        assert changed.any() == wanted
        if kind == "flip":
            assert changed.all() == wanted
        check_through_the_network(page, default_result)


def test_grey_pictures_have_a_brush_with_levels_a_rubber_and_a_middle(opened, few_result):
    page, cell = opened(few_result), few_result.data.cell
    ground = ground_of(few_result)
    np.testing.assert_allclose(picture_of(page), ground, atol=1e-6)
    assert page.call("return byId('own-brush').hidden") is False
    page.call("byId('own-radius').value = 1; byId('own-level').value = 60")
    page.pointer(*pixel_spot(page, cell, 1, 1))
    drawn = picture_of(page).reshape(cell)
    assert drawn[1, 1] == pytest.approx(0.6, abs=0.02)
    assert ground < drawn[0, 1] < 0.6
    check_through_the_network(page, few_result, atol=1e-5)
    page.click("#own-centre")
    rows, columns = np.indices(cell) + 0.5
    centred = picture_of(page).reshape(cell) - ground
    for places, side in ((rows, cell[0]), (columns, cell[1])):
        assert (centred * places).sum() / centred.sum() == pytest.approx(side // 2 + 0.5, abs=0.5)
    page.click("#own-rubber")
    page.call("byId('own-radius').value = 3")
    for row in range(0, cell[0], 2):
        for column in range(0, cell[1], 2):
            page.pointer(*pixel_spot(page, cell, row, column))
    np.testing.assert_allclose(picture_of(page), ground, atol=1e-6)
    for edit in ("right", "thicken", "centre", "erase"):
        page.click(f"#own-{edit}")
        np.testing.assert_allclose(picture_of(page), ground, atol=1e-6)


@pytest.mark.parametrize(
    "name", ["letter_vae_result", "convolutional_result", "color_vae_result", "image_result"]
)
def test_the_normal_of_a_variational_code_is_on_the_map_and_can_be_drawn_again(opened, name, request):
    result = request.getfixturevalue(name)
    page = opened(result)
    take(page, result.pixels[1])
    check_through_the_network(page, result, atol=1e-4)
    codes = result.model.encode(picture_of(page)[None])
    mean, deviations = codes.means[0], np.exp(codes.log_variances[0] / 2)
    outline = np.array(page.call("return (await ready).own.marks(false)[0].outline"))
    wanted = result.plane.project(mean + 2 * deviations * np.array([[1, 0], [0, 1], [-1, 0]]))
    for place in wanted:
        assert np.min(np.linalg.norm(outline - place, axis=1)) < 0.06 * np.ptp(outline)
    inside = result.plane.lift(outline) - mean
    np.testing.assert_allclose(np.linalg.norm(inside / deviations, axis=1), 2, rtol=1e-3)
    assert page.count("#map .overlay .own.outline") == 1
    page.click("#own-again")
    assert page.count("#map .overlay .own.sample") == 1
    samples = page.call(
        "const {own} = await ready; return Array.from({length: 2000}, () => {"
        "byId('own-again').click(); return Array.from(own.sample); })"
    )
    np.testing.assert_allclose(np.mean(samples, axis=0), mean, atol=0.12 * deviations.max())
    np.testing.assert_allclose(np.std(samples, axis=0), deviations, rtol=0.1)
    drawn = page.picture("#own-output", result.data.cell)
    wanted = result.data.as_ink(result.model.decode(np.array(samples[-1:]))[0])
    np.testing.assert_allclose(drawn, wanted, atol=2 * GREY)


def test_it_goes_through_as_one_of_the_class_that_is_chosen(opened, conditional_result):
    page, picture = opened(conditional_result), conditional_result.pixels[4]
    take(page, picture)
    for label in (2, 0):
        page.call("byId('label').value = args[0]; byId('label').dispatchEvent(new Event('change'))", label)
        page.settle()
        codes = conditional_result.model.encode(picture[None], np.array([label]))
        code, deviations = page.call(
            "const {own} = await ready; return [Array.from(own.code), own.deviations]"
        )
        np.testing.assert_allclose(code, codes.means[0], atol=1e-4)
        np.testing.assert_allclose(deviations, np.exp(codes.log_variances[0] / 2), rtol=1e-3)
        assert page.text("own-class") == f" as {conditional_result.data.class_names[label]}"


def test_an_outline_is_the_ellipse_of_the_covariance_in_any_plane(browser):
    compute = computing(
        browser, own_script("network/forward.js", "network/space.js", "own/normal_outline.js")
    )
    random = np.random.default_rng(0)
    mean, deviations = random.normal(size=5), random.uniform(0.2, 2, 5)
    axes, origin = random.normal(size=(2, 5)), random.normal(size=5)
    script = "return normalOutline(sliceSpace(args[0], args[1]), args[1], args[2])"
    plane = {"origin": origin.tolist(), "axes": axes.tolist()}
    outline = np.array(compute(script, plane, mean.tolist(), deviations.tolist()))
    covariance = axes @ np.diag(deviations**2) @ axes.T
    apart = outline - axes @ (mean - origin)
    distances = np.einsum("ni,ij,nj->n", apart, np.linalg.inv(covariance), apart)
    np.testing.assert_allclose(distances, 4, rtol=1e-9)


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone_and_each_control_has_a_name(opened, few_result, dark):
    page = opened(few_result, width=360, height=740, dark=dark)
    assert page.overflow() <= 0
    nameless = page.call(
        "return [...document.querySelectorAll('#own-part :is(button, input, select, canvas[tabindex])')]"
        ".filter((one) => !(one.ariaLabel || one.textContent.trim() || one.labels?.length))"
        ".map(({id}) => id)"
    )
    assert nameless == []
