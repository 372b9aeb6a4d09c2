"""The notebook of a run and the cells of README and docs, run by Observable's libraries in Chromium."""

import re
import subprocess
import urllib.request
from dataclasses import replace
from importlib.util import find_spec

import pytest
from observing import PACKAGES, build_pages, looks, need_packages, notebook_of, served
from saved_runs import save_run

from runner.page.notebook import notebook
from runner.result.learning import learning
from tools.reference import DOCUMENTS, ROOT

RESULTS = [
    *("default_result", "denoising_result", "letter_vae_result", "many_letters_result"),
    *("exact_result", "grey_result", "few_result", "denoised_images_result"),
    *(["image_result"] if find_spec("tensorflow") else []),
]
FONTS = ("default_result", "denoising_result", "letter_vae_result", "many_letters_result")
PAGES = {"readme.html": ROOT / "README.md", "docs.html": DOCUMENTS / "observable.md"}
README = PAGES["readme.html"].read_text(encoding="utf-8")


def cells_of(page):
    """The cells of the JavaScript blocks: each begins with a word at the left."""
    blocks = re.findall(r"```js\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [cell for block in blocks for cell in re.split(r"\n(?=[A-Za-z])", block.strip())]


@pytest.fixture(scope="module")
def site(tmp_path_factory, request):
    """The address of the notebooks of many results, with the cells of README and docs beside each."""
    need_packages()
    root = tmp_path_factory.mktemp("notebooks")
    for name in RESULTS:
        result = request.getfixturevalue(name)
        config = result.config.model_copy(update={"plots": False})
        folder = save_run(replace(result, config=config), root / name).path
        (folder / "notebook.html").write_text(notebook(result), encoding="utf-8")
        for page, source in PAGES.items():
            (folder / page).write_text(notebook_of(cells_of(source)), encoding="utf-8")
    pages = [f"{name}/run/{page}" for name in RESULTS for page in ("notebook.html", *PAGES)]
    with served(build_pages(root, pages)) as address:
        yield address


def check(found):
    """Nothing failed, no letter is out of shape, and nothing is cut off or too pale for white."""
    assert (found["errors"], found["messages"], found["clipped"]) == ([], [], [])
    assert (found["narrowest"], found["widest"]) == pytest.approx((1, 1), abs=0.01)
    assert found["text_contrast"] >= 3
    assert found["line_contrast"] >= 3
    assert found["overflow"] <= 0


@pytest.mark.parametrize("name", RESULTS)
def test_the_notebook_of_a_run(browser, site, request, name):
    result = request.getfixturevalue(name)
    found = looks(browser, f"{site}/{name}/run/notebook.html", plots=3)
    check(found)
    judged, kinds = result.data.judged, 5 if result.noise else 2
    pixels = result.data.rows * result.data.columns
    assert found["cells"] == pixels * kinds * (1 if result.data.is_few else 6)
    assert found["dots"] >= len(judged)
    assert len(found["lines"]) == len(learning(result).curves)
    assert min(found["lines"]) > 400  # also where a curve is measured now and then
    if name in FONTS and result.data.is_few:
        assert {*judged.captions} <= {*found["texts"]}


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize(("page", "plots"), [("readme.html", 3), ("docs.html", 5)])
def test_the_cells_of_the_pages(browser, site, request, name, page, plots):
    result = request.getfixturevalue(name)
    assert sum(".plot(" in cell for cell in cells_of(PAGES[page])) == plots
    found = looks(browser, f"{site}/{name}/run/{page}", plots)
    check(found)
    pixels, kinds = result.data.rows * result.data.columns, 5 if result.noise else 2
    steps = 3 * 5 if page == "docs.html" else 0
    assert found["cells"] == pixels * (kinds * len(result.shown) + steps)
    assert found["dots"] == len(result.data.judged)
    assert found["dot_contrast"] >= 3
    if "name" in result.data.judged.columns:
        assert {*result.data.judged.names} <= {*found["texts"]}


def test_the_line_for_notebook_kit_shows_the_notebook(here, default_result):
    need_packages()
    (install, preview) = re.findall(r"^    (np[mx] .*?)(?:  +#.*)?$", README, re.MULTILINE)
    assert install == "npm install @observablehq/notebook-kit"
    (here / "node_modules").symlink_to(PACKAGES)  # as that command would have made it
    folder = save_run(default_result, here / "results")
    folder.write("notebook.html", notebook(default_result))
    folder.become_latest()
    _, command, *words = preview.split()
    program = ["node", str(PACKAGES / ".bin" / command), *words]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            address = next(
                found[1] for line in running.stdout if (found := re.search(r"(http://\S+)", line))
            )
            with urllib.request.urlopen(f"{address}notebook.html", timeout=30) as answer:
                page = answer.read().decode()
        finally:
            running.terminate()
    assert "8 characters through 2 numbers" in page
    assert "<main>" in page
