"""What a page has of a result."""

from dataclasses import replace

import numpy as np

from runner.page import contents as module
from runner.page.contents import contents, draws_each, shown_rows


def test_few_pictures_are_drawn_each_with_an_encoder(default_result):
    rows = shown_rows(default_result)
    facts = contents(default_result, rows)
    assert rows.tolist() == list(range(8))
    assert facts["encoder"] is not None
    assert facts["isDrawn"]


def test_many_are_a_fair_sample_of_dots(default_result, monkeypatch):
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    monkeypatch.setattr(module, "MOST_MOVING", 6)
    result = replace(default_result)  # which has kept nothing of when it was few
    rows = shown_rows(result)
    facts = contents(result, rows)
    assert len(set(rows.tolist())) == 6
    assert facts["encoder"] is not None
    assert not facts["isDrawn"]
    assert "each of which is in it" in facts["laboratory"]["reason"]
    assert not facts["isKnown"]
    np.testing.assert_allclose(facts["errors"], result.errors[rows], rtol=1e-3)


def test_few_pictures_that_are_too_large_for_the_page_are_dots(default_result, monkeypatch):
    monkeypatch.setattr(module, "MOST_DRAWN_PIXELS", 8 * 35 - 1)
    assert not draws_each(default_result)
    assert contents(default_result, shown_rows(default_result))["isKnown"]


def test_wrong_pixels_are_counted(default_result):
    wrong = np.zeros((8, 35), bool)
    wrong[2, 3] = True
    result = replace(default_result)
    vars(result)["wrong"] = wrong
    facts = contents(result, shown_rows(result))
    assert facts["wrong"] == [0, 0, 1, 0, 0, 0, 0, 0]
