"""What a page has of a result."""

from dataclasses import replace

import numpy as np
import pytest

from runner.page import contents as module
from runner.page.contents import contents, draws_each, shown_rows


def names_of_renderers(facts):
    (root,) = facts["map"]["doc"]["roots"]
    return [one["attributes"].get("name") for one in root["attributes"]["renderers"]]


def test_few_pictures_are_drawn_each_with_an_encoder(default_result):
    rows = shown_rows(default_result)
    facts = contents(default_result, rows)
    assert rows.tolist() == list(range(8))
    assert facts["encoder"] is not None
    assert facts["tile"] == (9, 7)  # with a margin of paper
    assert "territories" in names_of_renderers(facts)


def test_many_are_a_fair_sample_of_dots_without_an_encoder(default_result, monkeypatch):
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    monkeypatch.setattr(module, "MOST_SHOWN", 6)
    result = replace(default_result)  # which has kept nothing of when it was few
    rows = shown_rows(result)
    facts = contents(result, rows)
    assert len(set(rows.tolist())) == 6
    assert (facts["encoder"], facts["tile"]) == (None, None)
    assert not facts["isKnown"]
    assert names_of_renderers(facts) == ["dots"]
    assert sorted(facts["errors"]) == [0, 0.2, 0.4, 0.6, 0.8, 1]


def test_few_pictures_that_are_too_large_for_the_page_are_dots(default_result, monkeypatch):
    monkeypatch.setattr(module, "MOST_DRAWN_PIXELS", 8 * 35 - 1)
    assert not draws_each(default_result)
    assert contents(default_result, shown_rows(default_result))["isKnown"]


def large(result, rows, columns, is_ink):
    pixels = np.linspace(0, 1, 8 * rows * columns).reshape(8, -1)
    train = replace(result.data.train, pixels=pixels)
    return replace(
        result, data=replace(result.data, rows=rows, columns=columns, train=train, is_ink=is_ink)
    )


@pytest.mark.parametrize(("is_ink", "shape"), [(True, (32, 19)), (False, (30, 17))])
def test_large_pictures_are_made_small_on_the_map(default_result, is_ink, shape):
    result = large(default_result, 59, 33, is_ink)
    tiles = module._tiles(result)
    assert tiles.shape == (8, *shape)
    inner = tiles[:, 1:-1, 1:-1] if is_ink else tiles
    whole = (result.pixels * 255).reshape(8, 59, 33)
    np.testing.assert_allclose(inner[3, 4, 5], whole[3, 8:10, 10:12].mean(), atol=1)


def test_the_glyphs_of_learned_and_missed_pictures_are_apart(default_result):
    wrong = np.zeros((8, 35), bool)
    wrong[2, 3] = True
    result = replace(default_result)
    vars(result)["wrong"] = wrong
    facts = contents(result, shown_rows(result))
    assert facts["wrong"] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert {"learned", "missed", "frames"} <= set(names_of_renderers(facts))
