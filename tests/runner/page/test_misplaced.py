"""Misplaced pictures on the map: their arrows, and what is drawn at both ends of each."""

from dataclasses import replace

import numpy as np
import pytest
from contrasts import faint_texts
from selenium.webdriver.common.keys import Keys

from runner.page.misplaced import misplaced_facts, misplaced_parts
from runner.page.page import page as written
from vae.likelihood import Losses, Normals

ARROWS = "[...document.querySelectorAll('.overlay .misplaced:not(.under)')]"


def losing(result, misplaced, best):
    """A result whose pictures lose so much by their codes, which should be others."""
    other = replace(result)
    lost = np.asarray(misplaced, float)
    normals = Normals(best, np.ones_like(best))
    vars(other)["losses"] = Losses(
        np.full(len(lost), 9.0), np.full(len(lost), 0.25), lost, 0 * lost, normals
    )
    return other


@pytest.fixture
def three(exact_result):
    """Three of eight characters are misplaced: the sixth most, then the first and the third."""
    best = exact_result.codes.means + np.array([[0.5, 1.0]]) * np.arange(1, 9)[:, None] / 4
    return losing(exact_result, [2, 0, 1, 0, 0, 5, 0, 0], best)


def test_a_run_that_does_not_know_them_has_no_trace_of_them(letter_vae_result, exact_result):
    body = written(letter_vae_result).split("<body>")[1].split("<script")[0]
    assert "misplace" not in body
    assert misplaced_facts(letter_vae_result) is None
    none = losing(exact_result, np.zeros(8), exact_result.codes.means)
    assert set(misplaced_parts(none).values()) == {""}


def test_the_worst_come_first_and_the_words_say_who_holds_most(three):
    facts = misplaced_facts(three)
    assert facts["names"] == [three.data.judged.captions[row] for row in (5, 0, 2)]
    assert facts["nats"] == [5, 2, 1]
    words = " ".join(misplaced_parts(three)["misplaced"].split())
    assert "a character loses 1.25 nats on average: 1.00 as the encoder misplaces it, 0.25 as" in words
    assert "25% of the characters hold 80% of what is misplaced." in words


def test_of_many_the_row_tells_them_apart(three, monkeypatch):
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    many = losing(three, three.losses.amortization_gap, three.losses.best.means)
    assert [name.rsplit(" #", 1)[1] for name in misplaced_facts(many)["names"]] == ["5", "0", "2"]


def check_shown(page, result, row):
    """The picture, and what Python's decoder draws at both ends of its arrow."""
    names = result.data.judged.captions
    lost = result.losses.amortization_gap[row]
    assert (page.text("misplaced-name"), page.text("misplaced-nats").split()[1]) == (
        names[row],
        f"{lost:g}",
    )
    drawn = result.model.decode(np.stack([result.codes.means[row], result.losses.best.means[row]]))
    for name, wanted in zip(("picture", "given", "best"), (result.pixels[row], *drawn), strict=True):
        levels = page.picture(f"#misplaced-{name}", result.data.cell)
        np.testing.assert_allclose(levels, wanted, atol=0.01)


def test_pointer_finger_and_keys_choose_an_arrow(opened, three):
    page = opened(three, width=360, height=740)
    codes, best = three.codes.means, three.losses.best.means
    assert page.count(".overlay .misplaced") == 0
    assert not page.call("return byId('misplaced-part').checkVisibility()")
    page.click("#show-misplaced")
    check_shown(page, three, 5)
    drawn = page.call(
        f"return {ARROWS}.map((arrow) => [arrow.points[0], arrow.points[1]].map(({{x, y}}) => [x, y]))"
    )
    spots = page.call(
        "const {map} = await ready; return args[0].map((at) => map.toSpot(at))", codes[[0, 2, 5]].tolist()
    )
    np.testing.assert_allclose([start for start, _ in drawn], spots, atol=0.01)  # the chosen one on top
    tips = page.call(
        "const {map} = await ready; return args[0].map((at) => map.toSpot(at))", best[[0, 2, 5]].tolist()
    )
    np.testing.assert_allclose([tip for _, tip in drawn], tips, atol=0.01)
    page.point((codes[2] + 3 * best[2]) / 4)
    check_shown(page, three, 2)
    page.point((codes[0] + best[0]) / 2, click=True, kind="touch")
    check_shown(page, three, 0)
    page.call("byId('misplaced-list').firstChild.focus()")
    check_shown(page, three, 5)
    page.keys(Keys.TAB)
    check_shown(page, three, 0)
    page.keys(Keys.ENTER)
    np.testing.assert_allclose(page.code()[0], codes[0], atol=1e-5)
    page.call("byId('misplaced-list').firstChild.focus()")
    page.click("#show-grid")
    check_shown(page, three, 5)
    page.look(dark=True)
    assert faint_texts(page) == []


def test_the_address_keeps_the_layer_and_other_moments_have_none(opened, three):
    page = opened(three)
    page.click("#show-misplaced")
    page.call("byId('misplaced-list').lastChild.focus()")  # the point stays on another arrow
    told = page.call("(await ready).address.write(); return location.hash")
    assert "misplaced=3" in told
    page.driver.get(f"{page.driver.current_url.split('#')[0]}{told}")
    page.driver.refresh()
    page.settle()
    check_shown(page, three, 2)
    page.call(
        "const {run} = window.explorer = await ready;"
        "window.kept = run.codes; explorer.show({codes: [...run.codes]})"
    )
    page.settle()
    hidden = "return [byId('misplaced-part').hidden, byId('show-misplaced').disabled]"
    assert page.call(hidden) == [True, True]
    assert page.count(".overlay .misplaced") == 0
    page.call("explorer.show({codes: kept})")
    page.settle()
    assert page.call(hidden) == [False, False]
    assert page.count(".overlay .misplaced") == 6


def test_on_a_line_arrows_lie_above_each_other(opened, exact_line_result):
    codes = exact_line_result.codes.means
    result = losing(exact_line_result, [3, 2, 1, 0, 0, 0, 0, 0], codes + 0.5)
    page = opened(result)
    page.click("#show-misplaced")
    worst_last = page.call(
        f"return {ARROWS}.map(({{points}}) => [points[0].y, points[1].y, points[1].x - points[0].x])"
    )
    heights = [start for start, _, _ in worst_last]
    assert all(start == end and right > 0 for start, end, right in worst_last)
    assert min(abs(one - other) for one in heights for other in heights if one != other) > 50
    page.point((codes[2, 0], 0))
    check_shown(page, result, 2)
