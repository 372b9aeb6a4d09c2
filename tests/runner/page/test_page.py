"""One page for every combination of data and network; `test_few.py` and `test_many.py` look closer."""

from dataclasses import replace

import numpy as np
import pytest
from browsing import Page
from loading import config

from runner.experiment import run_experiment
from runner.figures.style import CLASS_COLORS
from runner.page.page import page as written
from runner.result.advice import advice

HOSTILE = '</script><script>document.title="broken"</script><b>&amp; "quoted" \u2028 ${x} `'


def test_what_the_user_wrote_is_shown_and_not_run(browser, tmp_path):
    fonts = {"font_set": ["font1", "font2", "font3"], "epochs": 1, "latent_layer_neurons": 1}
    result = run_experiment(config(**fonts, note=HOSTILE))
    data = replace(result.data, title="<i>&'\"</i>.bdf")
    page = Page(browser, tmp_path / "explore.html", written(replace(result, data=data)))
    assert page.call("return document.querySelector('.note').textContent") == HOSTILE
    assert page.call("return document.title").endswith("i>.bdf")
    options = page.call("return [...byId('chosen').options].map(({text}) => text)")
    assert options == result.data.judged.captions
    assert page.count("b, i") == page.count("#nearest, #restored, #laboratory b")
    assert page.messages() == []
    # A latent space of one number is a line.
    page.point((0, 0.5))
    assert page.place()[1] == 0


def test_what_went_wrong_stands_on_the_page(default_result):
    assert "class=advice" not in written(default_result)
    result = run_experiment(config(epochs=3, learning_rate=1e-5))
    (told,) = advice(result)
    assert f"<p class=advice>{told.what} {told.remedy}</p>" in written(result)


FEW_EPOCHS = {"epochs": 3, "neurons_per_layer": [6], "learning_rate": 0.01}


def opened(browser, tmp_path, result, **window):
    """The page of a result, after the point was moved, the decoder drew everywhere, and the point moved."""
    page = Page(browser, tmp_path / "explore.html", written(result), **window)
    for place in result.places[:2]:
        page.point(place, click=True)
    first = page.place()
    assert page.count("#path figure") == 7
    page.click("#show-grid")
    page.click("#show-pictures")
    page.point(result.places[-1])
    assert page.place() != first or (result.places[-1] == result.places[1]).all()
    assert page.overflow() <= 0
    assert page.messages() == []
    assert page.requests() == []
    return page


def test_every_combination_has_a_page(browser, tmp_path, any_result):
    check_page(browser, tmp_path, any_result)


@pytest.mark.parametrize(
    ("fixture", "most_few"), [("denoising_result", 5), ("letter_vae_result", 5), ("image_result", 1000)]
)
def test_any_data_can_be_few_or_many(browser, tmp_path, request, monkeypatch, fixture, most_few):
    monkeypatch.setattr("runner.data.MOST_FEW", most_few)
    # A copy has kept nothing of when it was the other.
    check_page(browser, tmp_path, replace(request.getfixturevalue(fixture)))


def check_page(browser, tmp_path, result):
    is_few = result.data.is_few
    dark = result.config.mode == "DAE"
    page = opened(browser, tmp_path, result, width=360, dark=dark)
    assert page.count("#chosen") == is_few
    assert page.count("#classes li") == len(result.data.class_names)
    assert bool(page.text("nearest")) == (is_few and result.data.is_binary)
    expected = result.decode(page.code()).pictures[0]
    levels = page.picture("#decoded", result.data.cell)
    wanted = expected if dark else result.data.as_ink(expected)  # by night white is white
    np.testing.assert_allclose(levels, wanted, atol=0.01)


@pytest.mark.parametrize("latent", [1, 3])
def test_few_pictures_of_ones_own_can_be_changed(browser, tmp_path, picture_folder, latent):
    keys = {"mode": "DEFAULT", "data": "images", "vae_dataset": str(picture_folder)}
    result = run_experiment(config(**keys, latent_layer_neurons=latent, **FEW_EPOCHS))
    page = opened(browser, tmp_path, result)
    names = page.call("return [...byId('chosen').options].map(({text}) => text)")
    assert names[:2] == ["cross 0 (crosses)", "cross 1 (crosses)"]
    page.call("byId('chosen').value = 3; byId('chosen').dispatchEvent(new Event('change'))")
    page.call("byId('input').focus()")
    page.keys(" ")
    changed = result.pixels[3].copy()
    changed[0] = 1 - changed[0]
    output = result.decode(result.model.encode(changed[None]).means).pictures[0]
    np.testing.assert_allclose(page.picture("#output", result.data.cell), 1 - output, atol=0.01)
    error = float(page.text("restored").split()[-1].strip("."))
    assert page.text("restored").startswith("1 pixel flipped: error ")
    assert error == pytest.approx(0.5 * np.square(output - result.pixels[3]).sum(), rel=0.01)
    assert page.count(".overlay .landed.trail") == 1


def test_the_legend_hides_the_glyphs_of_a_class(browser, tmp_path, few_result):
    page = opened(browser, tmp_path, few_result)
    assert min(page.shades(*CLASS_COLORS[:2])) > 50
    page.click("#classes li:first-child button")
    hidden, shown = page.shades(*CLASS_COLORS[:2])
    assert hidden == 0
    assert shown > 50
    assert page.messages() == []


def test_a_large_encoder_gives_way_to_the_nearest_picture(browser, tmp_path, default_result, monkeypatch):
    html = written(default_result)
    monkeypatch.setattr("runner.page.packing.LARGEST_NETWORK", 3 * 2**11)
    page = opened(browser, tmp_path, replace(default_result))
    assert page.count("#chosen") == 0
    assert page.text("nearest") != ""
    assert len(html) < 400_000
