"""The page of a sweep in a real browser: tables, linked maps, and curves that lead to runs."""

import json

import pytest
from browsing import Page
from contrasts import faint_texts
from selenium.webdriver.common.keys import Keys

from runner.compare.page import sweep_page, url

RUNS = {
    "header": ["run", "seed", "error <½>", "reason"],
    "rows": [
        ["b:2 & co", 10, 0.5, None],
        ["a 10", 9, None, "the training diverged </td>"],
        ["a 2", 100, 1e-7, None],
        ["c", 1, 17.25, None],
    ],
    "links": [
        url(path) for path in ("b:2 & co/explore.html", "a 10", "a#2/explore.html", "c/explore.html")
    ],
    "few": [0, 1, 2],
}
SETTINGS = {
    "title": "Means",
    "header": ["best run", "error", "size", "runs", "lowest", "highest"],
    "rows": [["c", 2.0, 2, 3, 1.0, 4.0], ["a 2", 3.0, 1, 2, 2.0, 16.0]],
    "links": [url("c/explore.html"), url("a#2/explore.html")],
    "few": [0, 1, 2],
    "range": [1, 4, 5],
}
LETTERS = {"keys": ["A 1", "B 1", "A 2"], "names": ["A", "B", "A"], "classes": None}
MAPS = [
    {
        "run": "c",
        "label": "2",
        "error": 1.0,
        "link": url("c/explore.html"),
        "places": [[0, 0], [1, 1], [0, 1]],
    }
    | LETTERS,
    {"run": "a 2", "label": "1", "error": 2.0, "link": url("a#2/explore.html"), "places": [[5, 0], [1, 0]]}
    | {"keys": ["B 1", "C 1"], "names": ["B", "C"], "classes": None},
]
CURVES = {
    "label": "error",
    "isLogarithmic": True,
    "lines": [
        {
            "run": "c",
            "label": "2",
            "error": 1.0,
            "link": url("c/explore.html"),
            "points": [[0, 1], [10, 1]],
        },
        {
            "run": "a 2",
            "label": "1",
            "error": 2.0,
            "link": url("a#2/explore.html"),
            "points": [[0, 100], [10, 100]],
        },
    ],
}
CONTENTS = {"settings": SETTINGS, "runs": RUNS, "maps": MAPS, "colors": ["#004488"], "curves": CURVES}
# One black pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


def opened(browser, tmp_path, contents=CONTENTS, mattered=(), **window):
    (tmp_path / "plots").mkdir(exist_ok=True)
    (tmp_path / "plots" / "error curves.png").write_bytes(PNG)
    html = sweep_page("Sizes & <noise>", contents, ["plots/error curves.png"], mattered)
    return Page(browser, tmp_path / "index.html", html, **window)


@pytest.fixture
def page(browser, tmp_path):
    page = opened(browser, tmp_path)
    yield page
    assert page.messages() == []
    assert page.requests() == []


def column(page, index, table="runs"):
    return page.call(
        "return [...byId(args[1]).tBodies[0].rows].map((row) => row.cells[args[0]].textContent)",
        index,
        table,
    )


def test_columns_sort_by_number_or_text_and_back_with_none_last(page):
    heading = "#runs th:nth-child({}) button".format
    page.click(heading(2))
    assert column(page, 1) == ["1", "9", "10", "100"]
    page.click(heading(2))
    assert column(page, 1) == ["100", "10", "9", "1"]
    page.click(heading(3))
    assert column(page, 2) == ["1.00e−7", "0.5", "17.25", "–"]
    page.click(heading(3))
    assert column(page, 2) == ["17.25", "0.5", "1.00e−7", "–"]
    page.driver.find_element("css selector", heading(1)).send_keys(Keys.ENTER)
    assert column(page, 0) == ["a 2", "a 10", "b:2 & co", "c"]
    sorts = page.call("return [...document.querySelectorAll('#runs th')].map((cell) => cell.ariaSort)")
    assert sorts == ["ascending", None, None]


def test_rows_link_to_their_runs_and_the_other_columns_are_a_click_away(page):
    links = page.call("return [...document.querySelectorAll('#runs a')].map((a) => a.getAttribute('href'))")
    assert links == RUNS["links"]
    assert links[0] == "./b%3A2%20%26%20co/explore.html"
    assert page.count("#runs th") == 3
    page.click("#runs-columns")
    assert page.count("#runs th") == 4
    assert column(page, 3)[1] == "the training diverged </td>"
    assert page.call("return byId('runs-columns').ariaPressed") == "true"
    assert page.call("return document.title") == "Sizes & <noise>"


def test_runs_are_found_by_any_of_their_cells(page):
    page.driver.find_element("css selector", "#find").send_keys("DIVERGED")
    assert column(page, 0) == ["a 10"]
    assert page.text("found") == "1 found"


def test_settings_come_first_with_their_range(page):
    assert page.call("return document.querySelector('table').id") == "settings"
    assert column(page, 0, "settings") == ["c", "a 2"]
    bars = page.call("return [...document.querySelectorAll('.range')].map((bar) => bar.style.cssText)")
    # Of 1 to 16, which are two decades of four: 2 is at a quarter, 4 at one half.
    assert bars[0] == "--mean: 25.0%; --low: 0.0%; --high: 50.0%;"
    assert bars[1].endswith("--low: 25.0%; --high: 100.0%;")


def test_what_is_pointed_at_in_a_map_is_marked_in_all(page):
    page.call("document.querySelector('.maps').scrollIntoView({block: 'center'})")
    spot = page.call(
        "const box = document.querySelectorAll('.maps text')[1].getBoundingClientRect();"
        "return [box.left + box.width / 2, box.top + box.height / 2]"
    )
    page.pointer(*spot, click=False)
    rings = (
        "return [...document.querySelectorAll('.ring')].map((ring) => [ring.classList.contains('shown'),"
    )
    rings += "ring.cx.baseVal.value, ring.cy.baseVal.value])"
    # B is at the upper right of the first, and on the right of the line that is the second.
    assert page.call(rings) == [[True, 286, 14], [True, 286, 150]]
    assert page.text("marked") == "B, in 2 of 2"
    page.call("document.querySelector('.maps svg').focus()")
    page.keys(Keys.ARROW_RIGHT)
    assert [shown for shown, *_ in page.call(rings)] == [True, False]
    assert page.text("marked") == "A, in 1 of 2"
    assert (
        page.call("return document.querySelector('.maps svg').getAttribute('aria-label')") == "Map of c 2"
    )
    links = page.call("return [...document.querySelectorAll('.maps a')].map((a) => a.getAttribute('href'))")
    assert links == [line["link"] for line in CURVES["lines"]]


def test_a_click_on_a_map_opens_its_run_and_a_tap_stays(browser, tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "explore.html").write_text("<title>the run</title><script>const ready = 1</script>")
    page = opened(browser, tmp_path)
    page.call("document.querySelector('.maps').scrollIntoView({block: 'center'})")
    spot = page.call(
        "const b = document.querySelector('.maps svg').getBoundingClientRect(); return [b.x+9, b.y+9]"
    )
    page.pointer(*spot, kind="touch")
    assert page.text("marked") == "A, in 1 of 2"
    page.pointer(*spot)
    assert browser.title == "the run"


def test_the_curve_that_is_pointed_at_says_whose_it_is(page):
    assert page.text("curve-run") == "c · 2 · 1"
    page.call("byId('curves').scrollIntoView({block: 'center'})")
    box = page.call(
        "const {x, y, width, height} = byId('curves').getBoundingClientRect(); return [x, y, width, height]"
    )
    page.pointer(box[0] + box[2] / 2, box[1] + 40, click=False)  # the upper of the two
    assert page.text("curve-run") == "a 2 · 1 · 2"
    assert page.call("return byId('curve-run').getAttribute('href')") == url("a#2/explore.html")


def test_pictures_are_shown_with_a_text(page):
    alt, width = page.call(
        "const image = document.images[0]; image.scrollIntoView(); await image.decode();"
        "return [image.alt, image.naturalWidth]"
    )
    assert (alt, width) == ("error curves", 1)


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone(browser, tmp_path, dark):
    page = opened(browser, tmp_path, width=360, height=740, dark=dark)
    assert page.overflow() == 0
    assert page.messages() == []


def test_without_finished_runs_there_are_only_runs(browser, tmp_path):
    empty = {**CONTENTS, "settings": {**SETTINGS, "rows": [], "links": []}, "maps": [], "curves": None}
    page = opened(browser, tmp_path, empty)
    hidden = "return ['settings-part', 'maps-part', 'curves-part'].map((id) => byId(id).hidden)"
    assert page.call(hidden) == [True, True, True]
    assert len(column(page, 0)) == 4
    assert page.messages() == []


def test_ten_thousand_runs_open_at_once_and_unfold(browser, tmp_path):
    rows = [[f"run{index}", index, 1 / (1 + index), None] for index in range(10_000)]
    links = [url(f"{name}/explore.html") for name, *_ in rows]
    contents = {**CONTENTS, "runs": {**RUNS, "rows": rows, "links": links}}
    assert len(json.dumps(contents)) < 2_000_000
    page = opened(browser, tmp_path, contents)
    milliseconds = page.call("return performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert milliseconds < 3000
    assert len(column(page, 0)) == 20
    page.click("#runs-more")
    assert len(column(page, 0)) == 220
    assert page.text("runs-more") == "200 more of 9,780"
    page.click("#runs th:nth-child(3) button")
    assert column(page, 0)[:2] == ["run9999", "run9998"]


def test_what_mattered_stands_in_a_table_of_its_own(browser, tmp_path):
    mattered = [("learning_rate", 0.7468, -0.131), ("lo<ss", 0.0, None)]
    page = opened(browser, tmp_path, mattered=mattered, width=360)
    rows = page.call(
        "return [...document.querySelectorAll('#mattered tbody tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert rows == [["learning_rate", "75%", "-0.13"], ["lo<ss", "0%", "–"]]
    assert page.overflow() == 0
    assert page.messages() == []


def test_every_text_is_read_by_day_and_by_night(page):
    for dark in (False, True):
        page.look(dark)
        assert faint_texts(page) == []
