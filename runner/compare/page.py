"""`index.html` of a sweep: its runs in a table that can be sorted, and its pictures."""

from collections.abc import Sequence
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from runner.numbers import number_text
from runner.page.html_page import html_page, own_script, template

Cell = str | int | float | None
# The pictures lie beside the page, on a disk or on a server.
PICTURES = "'self' file: data:"


def sweep_page(
    title: str,
    header: list[str],
    rows: list[list[Cell]],
    links: list[str | None],
    pictures: list[str],
    mattered: Sequence[tuple[str, float, float | None]] = (),
) -> str:
    """The page as HTML.

    The first cell of a row links to its path of `links`, if it has one. `links` and `pictures` are paths
    relative to the page, with `/` between folders. Numbers sort as numbers, None comes last. `mattered`
    has keys, the share of the error that each explains, and its correlation.
    """
    body = template("sweep.html").substitute(
        title=escape(title),
        runs=f"{len(rows)} runs" if len(rows) != 1 else "1 run",
        header="".join(
            f'<th scope=col><button type="button">{escape(name)}</button></th>' for name in header
        ),
        rows="\n".join(_row(cells, link) for cells, link in zip(rows, links, strict=True)),
        mattered=_mattered(mattered) if mattered else "",
        pictures="\n".join(map(_picture, pictures)),
    )
    return html_page(title, body, [own_script("sweep.js")], {}, PICTURES)


def _mattered(keys: Sequence[tuple[str, float, float | None]]) -> str:
    rows = "\n".join(
        f"<tr><th scope=row>{escape(key)}</th><td>{explained:.0%}</td>"
        f"<td>{'–' if correlation is None else f'{correlation:+.2f}'}</td></tr>"
        for key, explained, correlation in keys
    )
    return template("mattered.html").substitute(rows=rows)


def _row(cells: list[Cell], link: str | None) -> str:
    first, *rest = map(_text, cells)
    if link is not None:
        first = f'<a href="{_url(link)}">{first}</a>'
    return f"<tr>{''.join(map(_cell, cells, [first, *rest]))}</tr>"


def _cell(value: Cell, text: str) -> str:
    """Numbers carry their exact value, for sorting."""
    number = f' data-number="{value!r}"' if isinstance(value, int | float) else ""
    return f"<td{number}>{text}</td>"


def _text(value: Cell) -> str:
    return escape(value if isinstance(value, str) else number_text(value))


def _picture(path: str) -> str:
    name = escape(PurePosixPath(path).stem.replace("_", " "))
    return (
        f'<figure class=card><img src="{_url(path)}" alt="{name}"><figcaption>{name}</figcaption></figure>'
    )


def _url(path: str) -> str:
    """A relative path as a link: `./` keeps a colon in its first part from meaning a protocol."""
    return escape(f"./{quote(path)}")
