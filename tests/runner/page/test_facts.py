"""The words and small tables of a page."""

from loading import config

from runner.page.facts import config_tables, counted, headline, number_text, summary_table, usual_keys


def test_numbers_in_words():
    assert counted(1, "pixel") == "1 pixel"
    assert counted(2000, "epoch") == "2,000 epochs"
    assert [number_text(value) for value in (None, 1234, 0.0001234567, 17.68)] == [
        "–",
        "1,234",
        "0.0001235",
        "17.68",
    ]


def test_the_headline_says_what_was_trained():
    assert headline(config(mode="DAE"), "font2", 1) == "font2 · denoising autoencoder · adam, 1 epoch"


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
