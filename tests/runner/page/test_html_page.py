"""The frame of a page: what is escaped, what may load, and what can be read."""

import base64
import hashlib
import json
import re

import pytest

from runner.page.html_page import HERE, html_page, json_for_html, layer_bars, table


def test_data_cannot_end_their_script():
    data = {"</script>": "<!-- & \u2028 \u00e9"}
    text = json_for_html(data)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data


def test_numbers_that_are_none_are_an_error():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_for_html({"x": float("nan")})


def test_only_the_scripts_of_the_page_may_run():
    page = html_page("<title>", "<p>$5</p>", ["let a = 1", "a = 2"], {"key": 1})
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; img-src data:;")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert scripts == ["let a = 1", "a = 2"]
    assert "<title>&lt;title&gt;</title>" in page
    assert "<p>$5</p>" in page


def test_tables_and_bars():
    assert "<th scope=row>a&lt;b</th><td>&quot;1&quot;</td>" in table([("a<b", '"1"')], "Some")
    bars = layer_bars([16, 4, 1, 4, 16])
    assert bars.count("<span") == 5
    assert 'style="--share:0.250" class=latent' in bars
    assert "16 → 4 → 1 → 4 → 16" in bars


def test_nothing_in_our_files_names_another_place():
    for path in HERE.rglob("*"):
        if path.suffix in {".js", ".css", ".html", ".md"}:
            text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?://|@import|url\((?!#)", text), path.name
