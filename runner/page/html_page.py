"""One self-contained HTML file: text, style, scripts and data, and no way out to any network."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).parent
SCRIPTS, TEMPLATES = HERE / "scripts", HERE / "templates"
# What the browser may load: the inline scripts by their hashes, inline styles, images, and nothing else.
POLICY = "default-src 'none'; img-src {images}; style-src 'unsafe-inline'; script-src {hashes}"

DATA = re.compile(r'(<script type="application/json" id="run">)(.*?)(</script>)', re.DOTALL)


def html_page(title: str, body: str, scripts: list[str], data: dict[str, Any], images="data:") -> str:
    """The page; `body` is HTML, `scripts` run in order, and find the `data` as JSON in `#run`.

    `images` says where they may come from, in the words of a Content-Security-Policy.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return template("page.html").substitute(
        policy=POLICY.format(hashes=hashes, images=images),
        title=escape(title),
        style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
        body=body,
        data=json_for_html(data),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def with_changed_data(html: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    """The page with other data: `change` is given each object in them, the inner ones first."""

    def changed(found: re.Match[str]) -> str:
        return f"{found[1]}{json_for_html(json.loads(found[2], object_hook=change))}{found[3]}"

    return DATA.sub(changed, html, count=1)


def template(name: str) -> Template:
    """A file of `templates` in which `$name` stands for what is filled in."""
    return Template((TEMPLATES / name).read_text(encoding="utf-8"))


def own_script(*names: str) -> str:
    """Some of `scripts`, joined in that order; the name of a folder is all that are in it."""
    paths = (path for name in names for path in (sorted((SCRIPTS / name).glob("*.js")) or [SCRIPTS / name]))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def json_for_html(data: Any) -> str:
    """JSON that nothing in it can break out of a `<script>`; NaN is an error."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def table(rows: list[tuple[str, str]], caption: str) -> str:
    """An HTML table of names and values."""
    lines = (f"<tr><th scope=row>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table><caption>{escape(caption)}</caption><tbody>{''.join(lines)}</tbody></table>"


def layer_bars(sizes: list[int]) -> str:
    """The units of each layer as bars, which show the bottleneck, and as numbers below them."""
    largest, middle = max(sizes), len(sizes) // 2
    bars = "".join(
        f'<span style="--share:{(size / largest) ** 0.5:.3f}"{" class=latent" * (index == middle)}></span>'
        for index, size in enumerate(sizes)
    )
    return f"<div class=bars>{bars}</div><figcaption>{' → '.join(map(str, sizes))}</figcaption>"


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
