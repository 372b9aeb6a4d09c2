"""The page of a sweep in a real browser: its table sorts, its links and pictures are there."""

import pytest
from browsing import Page
from selenium.webdriver.common.keys import Keys

from runner.compare.page import sweep_page

HEADER = ["run", "seed", "error <½>", "reason"]
ROWS = [
    ["b:2 & co", 10, 0.5, None],
    ["a 10", 9, None, "the training diverged </td>"],
    ["a 2", 100, 1e-7, None],
    ["c", 1, 17.25, None],
]
LINKS = ["b:2 & co/explore.html", None, "a#2/explore.html", "c/explore.html"]
# One black pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


@pytest.fixture
def page(browser, tmp_path):
    (tmp_path / "plots").mkdir()
    (tmp_path / "plots" / "error curves.png").write_bytes(PNG)
    html = sweep_page("Sizes & <noise>", HEADER, ROWS, LINKS, ["plots/error curves.png"])
    page = Page(browser, tmp_path / "index.html", html)
    yield page
    assert page.messages() == []
    assert page.requests() == []


def column(page, index):
    script = (
        "return [...document.querySelectorAll('tbody tr')].map((row) => row.cells[args[0]].textContent)"
    )
    return page.call(script, index)


def test_columns_sort_by_number_or_text_and_back_with_none_last(page):
    heading = "th:nth-child({}) button".format
    page.click(heading(2))
    assert column(page, 1) == ["1", "9", "10", "100"]
    page.click(heading(2))
    assert column(page, 1) == ["100", "10", "9", "1"]
    page.click(heading(3))
    assert column(page, 2) == ["1e-07", "0.5", "17.25", "–"]
    page.click(heading(3))
    assert column(page, 2) == ["17.25", "0.5", "1e-07", "–"]
    page.driver.find_element("css selector", heading(1)).send_keys(Keys.ENTER)
    assert column(page, 0) == ["a 2", "a 10", "b:2 & co", "c"]
    sorts = page.call("return [...document.querySelectorAll('th')].map((cell) => cell.ariaSort)")
    assert sorts == ["ascending", None, None, None]


def test_rows_link_to_their_runs_and_failures_say_why(page):
    links = page.call("return [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))")
    assert links == ["./b%3A2%20%26%20co/explore.html", "./a%232/explore.html", "./c/explore.html"]
    assert column(page, 3)[1] == "the training diverged </td>"
    assert page.call("return document.title") == "Sizes & <noise>"


def test_pictures_are_shown_with_a_text(page):
    alt, width = page.call(
        "const image = document.images[0]; await image.decode(); return [image.alt, image.naturalWidth]"
    )
    assert (alt, width) == ("error curves", 1)


def test_it_fits_a_phone(browser, tmp_path):
    html = sweep_page("Sizes", HEADER, ROWS, LINKS, [])
    page = Page(browser, tmp_path / "index.html", html, width=360, dark=True)
    assert page.overflow() == 0
    assert page.messages() == []


def test_what_mattered_stands_in_a_table_of_its_own(browser, tmp_path):
    mattered = [("learning_rate", 0.7468, -0.131), ("lo<ss", 0.0, None)]
    html = sweep_page("Sizes", HEADER, ROWS, LINKS, [], mattered)
    page = Page(browser, tmp_path / "index.html", html, width=360)
    rows = page.call(
        "return [...document.querySelectorAll('#mattered tbody tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert rows == [["learning_rate", "75%", "-0.13"], ["lo<ss", "0%", "–"]]
    assert page.overflow() == 0
    assert page.messages() == []
