"""The words and small tables of a page."""

from dataclasses import replace

import numpy as np
from loading import config

from runner.page.facts import (
    config_tables,
    counted,
    data_words,
    headline,
    one,
    picture_names,
    summary_table,
    title,
    usual_keys,
)


def test_numbers_in_words():
    assert counted(1, "pixel") == "1 pixel"
    assert counted(2000, "epoch") == "2,000 epochs"
    assert [one("image"), one("character")] == ["an image", "a character"]


def test_the_headline_says_what_was_trained(denoising_result):
    assert headline(denoising_result) == "font2 · denoising autoencoder · adam, 400 epochs"


def test_the_title_counts_few_pictures_and_names_the_set_of_many(default_result, monkeypatch):
    assert title(default_result) == "8 characters through 2 numbers"
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    assert title(default_result) == "font2 through 2 numbers"


def test_the_data_are_described_with_all_remarks_as_text(default_result):
    words = data_words(default_result.data)
    assert words == "<p>font2: 8 characters of 5×7 pixels, 0 and 1</p>"
    remarks = ("3 files passed over: <b>.txt", "two sizes")
    told = data_words(replace(default_result.data, source="read from a&b", remarks=remarks))
    items = "<li>read from a&amp;b</li><li>3 files passed over: &lt;b&gt;.txt</li><li>two sizes</li>"
    assert told == f"{words}<ul>{items}</ul>"


def with_labels(result, names, labels):
    judged = replace(result.data.judged, names=names, labels=np.array(labels))
    return replace(result, data=replace(result.data, train=judged, class_names=["cat", "dog"]))


def test_few_pictures_have_different_names_and_their_classes(default_result, monkeypatch):
    assert picture_names(default_result, [1, 0]) == ["A", "@"]
    named = with_labels(default_result, list("abcdefgh"), [0, 1] * 4)
    assert picture_names(named, [1, 2]) == ["b (dog)", "c (cat)"]
    unnamed = with_labels(default_result, ["cat", "dog"] * 4, [0, 1] * 4)
    assert picture_names(unnamed, [1, 2]) == ["dog #1", "cat #2"]
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    assert picture_names(unnamed, [1, 2]) == ["dog", "cat"]


def test_keys_that_differ_from_their_defaults_come_first():
    chosen, others = config_tables(config(epochs=7, note="<b>")).split("Left at their defaults")
    assert "<th scope=row>epochs</th><td>7</td>" in chosen
    assert "&lt;b&gt;" in chosen
    assert "beta" not in chosen
    assert "beta" in others


def test_defaults_are_those_of_the_mode_but_the_mode_itself_is_a_choice():
    keys = config(mode="VAE", minimizer="rmsprop").model_dump()
    usual = usual_keys(config(mode="VAE", minimizer="rmsprop"))
    assert {name for name in keys if keys[name] != usual[name]} == {"mode", "minimizer"}


def test_the_summary_has_words_for_names():
    assert "<th scope=row>mean error</th><td>0.5</td>" in summary_table({"mean_error": 0.5})
