"""Every text of a real page, by day and by night, has the contrast that WCAG 2 asks for (AA)."""

import pytest
from contrasts import faint_texts

# What is written on canvases, and on what: axes, names of classes.
ON_CANVAS = [("--muted", "--surface"), ("--ink", "--surface"), ("--ink", "--paper")]


@pytest.mark.parametrize("name", ["default_result", "grey_result", "denoising_result"])
def test_every_text_is_read_by_day_and_by_night(opened, request, name):
    page = opened(request.getfixturevalue(name))
    page.click("#show-grid")  # marks are seen, too
    for dark in (False, True):
        page.look(dark)
        assert faint_texts(page) == []
        found = page.call("return args[0].map((pair) => contrast(...pair.map(color)))", ON_CANVAS)
        assert min(found) >= 4.5


def test_a_faint_text_is_found(opened, default_result):
    page = opened(default_result)
    page.call(
        "document.querySelector('.lead').style.color = '#888';"
        "document.querySelector('h1').style.color = '#888';"
        "document.querySelector('#map-help').style.opacity = 0.7"
    )
    told = faint_texts(page)
    assert [text.rsplit(": ", 1)[1] for text in told[:1]] == ["3.28 of 4.5"]
    assert not any(text.startswith("8 characters") for text in told)  # large: 3 is enough
    assert any("Click or tap to pin" in text for text in told)
