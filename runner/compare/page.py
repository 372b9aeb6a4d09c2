"""`index.html` of a sweep or a comparison: means and pictures first, maps and curves that lead to runs."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from runner.page.html_page import html_page, own_script, template, with_changed_data

# The pictures lie beside the page, on a disk or on a server.
PICTURES = "'self' file: data:"


def sweep_page(
    title: str,
    contents: dict[str, Any],
    pictures: list[str],
    mattered: Sequence[tuple[str, float, float | None]] = (),
) -> str:
    """The page as HTML, of what `page_contents` has found.

    `pictures` are paths relative to the page, with `/` between folders.
    `mattered` has keys, the share of the error that each explains, and its correlation.
    """
    runs = len(contents["runs"]["rows"])
    body = template("sweep.html").substitute(
        title=escape(title),
        runs=f"{runs:,} runs" if runs != 1 else "1 run",
        settings=escape(contents["settings"]["title"]),
        mattered=_mattered(mattered) if mattered else "",
        pictures="\n".join(map(_picture, pictures)),
    )
    return html_page(title, body, [own_script("canvas", "runs")], contents, PICTURES)


def relinked(html: str, link: Callable[[str], str | None]) -> str:
    """The page with other links to runs; a run for which `link` finds none is told without one."""

    def change(part: dict[str, Any]) -> dict[str, Any]:
        if "links" in part:
            part["links"] = list(map(link, part["links"]))
        if "link" in part:
            part["link"] = link(part["link"])
        return part

    return with_changed_data(html, change)


def _mattered(keys: Sequence[tuple[str, float, float | None]]) -> str:
    rows = "\n".join(
        f"<tr><th scope=row>{escape(key)}</th><td>{explained:.0%}</td>"
        f"<td>{'–' if correlation is None else f'{correlation:+.2f}'}</td></tr>"
        for key, explained, correlation in keys
    )
    return template("mattered.html").substitute(rows=rows)


def _picture(path: str) -> str:
    name = escape(PurePosixPath(path).stem.replace("_", " "))
    source = escape(url(path))
    return (
        f'<figure class=card><a href="{source}"><img src="{source}" alt="{name}" loading="lazy"></a>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def url(path: str) -> str:
    """A relative path as a link: `./` keeps a colon in its first part from meaning a protocol."""
    return f"./{quote(path)}"
