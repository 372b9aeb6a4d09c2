"""Observable's notebooks in a real Chromium, with its own libraries, which lie in `tests/observable`."""

import json
import shutil
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "observable"
PACKAGES = FOLDER / "node_modules"


def need_packages():
    """Skip the test where they are not installed: no test asks for them over a network."""
    if not (shutil.which("node") and PACKAGES.exists()):
        pytest.skip("Observable's packages are not installed; with Node 20.19 or later: make observable")


def auto_typed(*paths: Path) -> dict[str, list[dict]]:
    """The rows of tables by file name, as ObservableHQ reads them with `typed: true`."""
    done = _node("auto_type.mjs", *paths)
    return {path.name: json.loads(done)[str(path)] for path in paths}


def build_pages(folder: Path, names: list[str]) -> Path:
    """The folder of the pages that Notebook Kit makes of some notebooks in `folder`."""
    site = folder / "site"
    _node("build.mjs", folder, site, *names)
    return site


def _node(script: str, *words) -> str:
    command = ["node", str(FOLDER / script), *map(str, words)]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def notebook_of(cells: list[str]) -> str:
    """A notebook of cells in Observable's JavaScript, as they are typed in at ObservableHQ."""
    kind = "application/vnd.observable.javascript"
    scripts = (
        f'<script id="{number}" type="{kind}">\n{cell}\n</script>' for number, cell in enumerate(cells, 1)
    )
    title = escape("cells of a page")
    return f"<!doctype html>\n<notebook>\n<title>{title}</title>\n{''.join(scripts)}\n</notebook>\n"


@contextmanager
def served(folder: Path):
    """The address of a server of the files in `folder`."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/favicon.ico":
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


# What can be measured of how a notebook looks, once so many of its cells have drawn something.
LOOKS = """
const [wanted, done] = arguments;
const all = (selector, of = document) => [...of.querySelectorAll(selector)];
const channels = (color) => color.match(/[\\d.]+/g).map(Number);
const luminance = (color) => channels(color).slice(0, 3).map((level) => level / 255)
  .map((level) => (level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4))
  .reduce((sum, level, i) => sum + level * [0.2126, 0.7152, 0.0722][i], 0);
const onWhite = (color) => 1.05 / (luminance(color) + 0.05);
const fillOf = (element) => getComputedStyle(element).fill;
const strokeOf = (element) => getComputedStyle(element).stroke;
const isIn = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
  && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
const frameOf = (svg) => (getComputedStyle(svg).overflow === "visible" ? document.body : svg);
const clipped = () => all("svg").flatMap((svg) => all("text", svg)
  .filter((text) => text.textContent)
  .filter((text) => !isIn(text.getBoundingClientRect(), frameOf(svg).getBoundingClientRect()))
  .map((text) => text.textContent));
const colored = (colors) => colors.filter((color) => color !== "none");
const lowest = (colors) => Math.min(21, ...new Set(colored(colors).map(onWhite)));
const shapes = () => all("g[aria-label=cell] rect").map((rect) => rect.getBoundingClientRect())
  .map(({width, height}) => width / height);
const drawn = () => all("[id^=cell-]").filter((cell) => cell.querySelector("svg g[aria-label]")).length;
const errors = () => all(".observablehq--error").map(({textContent}) => textContent);
const start = performance.now();
const look = () => {
  const isEarly = drawn() < wanted && !errors().length && performance.now() - start < 20000;
  if (isEarly) return setTimeout(look, 50);
  done({
    drawn: drawn(),
    errors: errors(),
    clipped: clipped(),
    narrowest: Math.min(1, ...shapes()),
    widest: Math.max(1, ...shapes()),
    cells: all("g[aria-label=cell] rect").length,
    lines: all("g[aria-label=line] path").map((path) => path.getBoundingClientRect().width),
    texts: all("g[aria-label=text] text").map(({textContent}) => textContent),
    dots: all("g[aria-label=dot] > *").length,
    text_contrast: lowest(all("svg text").map(fillOf)),
    dot_contrast: lowest(all("g[aria-label=dot] > *").map(fillOf)),
    line_contrast: lowest(all("g[aria-label=line] path").map(strokeOf)),
    overflow: document.documentElement.scrollWidth - innerWidth
  });
};
look();
"""


def looks(browser, address: str, plots: int) -> dict:
    """How a notebook looks when `plots` of its cells have drawn; and the `messages` of the console."""
    size = {"width": 1000, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get_log("browser")
    browser.get(address)
    browser.set_script_timeout(30)
    found = browser.execute_async_script(LOOKS, plots)
    messages = [entry["message"] for entry in browser.get_log("browser") if entry["level"] != "INFO"]
    return {**found, "messages": messages}
