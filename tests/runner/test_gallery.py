"""`--gallery`: what is in it, that its links lead somewhere, and what is refused."""

import json
import re
import shutil
from urllib.parse import unquote

import pytest
from browsing import Page
from contrasts import faint_texts
from folders import put

from main import main
from runner.compare.page import sweep_page

PAGE = "<!doctype html><title>a run</title>"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


@pytest.fixture
def results(tmp_path):
    """Two runs with pages, one of few pictures, a sweep of two, a run without a page, and `latest`."""
    place = tmp_path / "results"
    keys = {"mode": "DEFAULT", "latent_layer_neurons": 2, "note": "first & <last>"}
    for name, started in (("one", "2026-11-22T14:30:05+00:00"), ("two", "2026-11-23T14:30:05+00:00")):
        run = put(place, name, started=started, summary={"accumulated_error": 0.25}, **keys)
        (run / "explore.html").write_text(PAGE)
        (run / "plots").mkdir()
        (run / "plots" / "latent_map.png").write_bytes(PNG)
        for picture in ("error.png", "latent_glyphs.png"):
            (run / "plots" / picture).write_bytes(PNG)
        (run / "latent.csv").write_text("x,y\n")
    (place / "two" / "plots" / "character_errors.png").write_bytes(PNG)
    sweep = put(place, "sizes", started="2026-11-24T14:30:05+00:00", mode="DAE", sweep=[{"seed": [0, 1]}])
    (sweep / "index.html").write_text(PAGE)
    (sweep / "plots").mkdir()
    (sweep / "plots" / "error_by_setting.png").write_bytes(PNG)
    (put(sweep, "1_seed-0") / "explore.html").write_text(PAGE)
    put(place, "bare", started="2026-11-25T14:30:05+00:00")
    (place / "latest").symlink_to("two")
    return place


def gallery(results, *words):
    return main(["--gallery", str(results), "--name", "shown", *words])


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_has_the_pages_and_what_they_show_and_nothing_else(results, capsys):
    assert gallery(results) == 0
    folder = results / "shown"
    assert files(folder) == {
        *("index.html", "one/explore.html", "one/plots/latent_map.png"),
        *("two/explore.html", "two/plots/latent_glyphs.png"),
        *("sizes/index.html", "sizes/plots/error_by_setting.png", "sizes/1_seed-0/explore.html"),
    }
    for name in files(folder) - {"index.html"}:
        assert (folder / name).read_bytes() == (results / name).read_bytes()
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "without a page, and left out: bare"
    assert said[1] == f"3 pages; put {folder} on any web server, or open {folder / 'index.html'}"


def test_every_link_of_the_index_leads_to_a_file_the_newest_first(results):
    gallery(results, "--quiet")
    folder = results / "shown"
    html = (folder / "index.html").read_text(encoding="utf-8")
    links = [unquote(link) for link in re.findall(r'<(?:a href|img src)="([^"]+)"', html)]
    assert all((folder / link).is_file() for link in links)
    pages = [link for link in links if link.endswith(".html")]
    assert pages == ["./sizes/index.html", "./two/explore.html", "./one/explore.html"]
    assert "first &amp; &lt;last&gt;" in html
    assert "autoencoder, 2 numbers" in html
    assert "accumulated error 0.25" in html


@pytest.mark.parametrize(
    "window", [{"width": 1280, "height": 800}, {"width": 360, "height": 740, "dark": True}]
)
def test_it_opens_in_a_browser(browser, results, window):
    gallery(results, "--quiet")
    index = results / "shown" / "index.html"
    page = Page(browser, index, index.read_text(encoding="utf-8"), **window)
    assert page.call("return document.querySelectorAll('main .card').length") == 3
    width = "const image = document.images[0]; await image.decode(); return image.naturalWidth"
    assert page.call(width) == 1
    assert page.overflow() == 0
    assert page.messages() == []
    assert faint_texts(page) == []
    page.driver.find_element("css selector", "a[href='./two/explore.html']").click()
    assert page.driver.title == "a run"


def test_a_gallery_is_none_of_the_runs_of_the_next_one(results):
    gallery(results, "--quiet")
    gallery(results, "--quiet")
    assert files(results / "shown") == files(results / "shown_2")


def test_a_sweep_has_a_gallery_of_its_own(results):
    assert main(["--gallery", str(results / "sizes"), "--name", "shown", "--quiet"]) == 0
    assert files(results / "sizes" / "shown") == {"index.html", "1_seed-0/explore.html"}


def test_comparisons_are_part_of_it_and_their_links_hold(here):
    tiny = ["epochs=2", "font_subset_size=4", "neurons_per_layer=[5]", "--quiet"]
    for name, size in (("one", 1), ("two", 2)):
        main([*tiny, f"latent_layer_neurons={size}", "--name", name])
    main(["--compare", "results/one", "results/two", "--name", "both", "--quiet"])
    assert main(["--gallery", "results", "--name", "shown", "--quiet"]) == 0
    folder = here / "results" / "shown"
    html = (folder / "both" / "index.html").read_text(encoding="utf-8")
    contents = json.loads(re.search(r'id="run">(.*?)</script>', html)[1])
    for link in contents["runs"]["links"]:
        assert (folder / "both" / unquote(link)).is_file()
    assert (folder / "both" / "plots" / "curves.png").is_file()


def test_runs_of_a_sweep_that_have_no_page_lead_to_their_picture_or_nowhere(browser, results):
    sweep = results / "sizes"
    for name, picture in (("2_seed-1", True), ("3_seed-2", False)):
        run = put(sweep, name)
        if picture:
            (run / "plots").mkdir()
            (run / "plots" / "latent_map.png").write_bytes(PNG)
    names = ["1_seed-0", "2_seed-1", "3_seed-2", "two"]
    links = ["./1_seed-0/explore.html", "./2_seed-1", "./3_seed-2", "./../two/explore.html"]
    empty = {"names": ["A"], "keys": ["A"], "classes": None, "places": [[0, 0]], "label": "size 2"}
    line = {"points": [[0, 2], [1, 1]], "label": "size 2"}
    contents = {
        "settings": {"title": "Means", "header": ["best run"], "rows": [], "links": [], "few": [0]},
        "runs": {"header": ["run"], "rows": [[name] for name in names], "links": links, "few": [0]},
        "maps": [
            {"run": name, "error": 1.0, "link": link, **empty}
            for name, link in zip(names, links, strict=True)
        ],
        "colors": ["#004488"],
        "curves": {
            "label": "error",
            "isLogarithmic": False,
            "lines": [{"run": names[2], "error": 1.0, "link": links[2], **line}],
        },
    }
    (sweep / "index.html").write_text(sweep_page("sizes", contents, []))
    gallery(results, "--quiet")
    copied = results / "shown" / "sizes"
    page = Page(browser, copied / "index.html", (copied / "index.html").read_text())
    picture = "./2_seed-1/plots/latent_map.png"
    for table in ("#runs a", ".maps a"):
        found = page.call(
            f"return [...document.querySelectorAll('{table}')].map((a) => a.getAttribute('href'))"
        )
        assert found == ["./1_seed-0/explore.html", picture, "./../two/explore.html"]
        assert all((copied / link).is_file() for link in found)
    assert page.call("return byId('runs').rows[3].textContent") == "3_seed-2 has no page"
    assert page.call("return byId('curve-run').hasAttribute('href')") is False
    assert page.text("curve-run") == "3_seed-2 · size 2 · 1"
    page.call("document.querySelectorAll('.maps svg')[2].dispatchEvent(new MouseEvent('click'))")
    assert page.driver.title == "sizes"
    assert page.messages() == []


def test_it_refuses_what_is_no_folder_of_results(results, tmp_path, capsys):
    for place, reason in (
        (tmp_path / "nowhere", "there is no such folder"),
        (results / "one", f"is a run; name the folder that it is in: {results}"),
        (results / "one" / "plots", "there are no runs in"),
    ):
        assert gallery(place) == 2
        assert reason in capsys.readouterr().err
    for name in ("one", "two", "sizes"):
        shutil.rmtree(results / name)
    assert gallery(results) == 2
    assert "no run in" in capsys.readouterr().err
    assert not (results / "shown").exists()


@pytest.mark.parametrize(
    "words", [["--jobs", "2"], ["epochs=3"], ["--results", "x"], ["--runs", "results"]]
)
def test_it_refuses_what_it_does_not_use(results, words, capsys):
    assert gallery(results, *words) == 2
    assert "--gallery" in capsys.readouterr().err


def test_a_run_whose_record_is_damaged_is_shown_by_its_page(results):
    (results / "two" / "run.json").write_text("{")
    assert gallery(results, "--quiet") == 0
    assert "two/explore.html" in files(results / "shown")
    html = (results / "shown" / "index.html").read_text(encoding="utf-8")
    assert html.count("autoencoder, 2 numbers") == 1  # that of the other
