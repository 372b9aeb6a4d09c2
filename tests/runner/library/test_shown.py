"""What a notebook shows of a result: its name, its numbers beside their limits, and pictures."""

import re
from base64 import b64decode

import pytest

from runner.figures.style import png
from runner.library.shown import (
    Figures,
    drawn_figures,
    drawn_thumbnails,
    run_html,
    saved_thumbnails,
)
from runner.page.facts import headline, title


def images(html):
    """The PNG files of some HTML, by name."""
    found = re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="([^"]+)"', html)
    return {name: b64decode(content) for content, name in found}


@pytest.mark.parametrize(
    ("name", "pictures"),
    [
        ("denoising_result", ["latent_glyphs.png", "reconstructions.png"]),
        ("image_result", ["latent_glyphs.png", "reconstructions.png"]),
    ],
)
def test_a_result_shows_a_map_and_reconstructions(request, name, pictures):
    result = request.getfixturevalue(name)
    html = run_html(
        title(result), headline(result), result.config, result.summary, drawn_thumbnails(result)
    )
    shown = images(html)
    assert list(shown) == pictures
    figures = drawn_figures(result)
    assert shown == {name: png(figures[name]) for name in pictures} == drawn_thumbnails(result)
    texts = re.sub(r"<[^>]+>", "|", html)
    assert f"through {result.model.latent_size} numbers" in texts
    assert f"accumulated error||{result.summary['accumulated_error']:.4g}||the best linear network" in texts
    assert ("the best possible denoiser: " in texts) == (name == "denoising_result")
    assert ("principal components: " in texts) == (name == "image_result")


def test_figures_show_themselves(default_result):
    figures = drawn_figures(default_result)
    assert isinstance(figures, Figures)
    assert images(figures._repr_html_()) == {name: png(figure) for name, figure in figures.items()}


def test_what_was_published_stands_there_and_is_text(default_result):
    published = {"error": 17.68, "source": "<b>slides</b> & more"}
    config = default_result.config.model_validate(
        {**default_result.config.model_dump(), "published": published}
    )
    html = run_html("a <i>", "line", config, {"epochs_run": 2000}, {})
    assert "17.68</td><td>&lt;b&gt;slides&lt;/b&gt; &amp; more" in html
    assert "a &lt;i&gt;" in html
    assert "2,000" in html
    assert images(html) == {}


def test_saved_pictures_are_taken_as_far_as_there_are_some(tmp_path):
    assert saved_thumbnails(tmp_path) == {}
    (tmp_path / "plots").mkdir()
    for name in ("latent_map.png", "error.png"):
        (tmp_path / "plots" / name).write_bytes(name.encode())
    assert saved_thumbnails(tmp_path) == {"latent_map.png": b"latent_map.png"}
    for name in ("latent_glyphs.png", "reconstructions.png"):
        (tmp_path / "plots" / name).write_bytes(name.encode())
    assert list(saved_thumbnails(tmp_path)) == ["latent_glyphs.png", "reconstructions.png"]
