"""What is in a folder of results: every run once, with the status that is true, and what sets it apart."""

import subprocess
import sys

import pytest
from folders import put
from run_records import grid, run

from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.runs import differences, found_runs, lines_of, list_runs
from runner.storage.locks import locked
from tools.reference import ROOT


def names_and_statuses(place):
    return [(run.name, run.status) for run in found_runs(place)]


def test_the_oldest_comes_first_whatever_the_zone_and_links_do_not_count(tmp_path):
    put(tmp_path, "a", started="2026-11-22T12:00:00-05:00")
    put(tmp_path, "b", started="2026-11-22T12:00:00+05:00")
    put(tmp_path, "c", started="2026-11-22T12:00:00+00:00")
    (tmp_path / "latest").symlink_to("a")
    (tmp_path / "my notes").mkdir()
    (tmp_path / "log.txt").write_text("")
    assert names_and_statuses(tmp_path) == [("b", "done"), ("c", "done"), ("a", "done")]


def test_what_runs_is_told_from_what_was_killed(tmp_path):
    killed, running = (put(tmp_path, name, "running") for name in ("killed", "running"))
    with locked(running) as is_mine:
        assert is_mine
        assert names_and_statuses(tmp_path) == [("killed", "killed"), ("running", "running")]
    assert dict(names_and_statuses(tmp_path)) == {"killed": "killed", "running": "killed"}
    assert killed.exists()


def test_the_runs_of_a_sweep_are_running_while_it_is(tmp_path):
    sweep = put(tmp_path, "sweep", "running", sweep=[{"seed": [0]}])
    put(sweep, "1_seed-0", "running")
    with locked(sweep, together=True):
        assert names_and_statuses(tmp_path) == [("sweep", "running")]
        assert names_and_statuses(sweep) == [("1_seed-0", "running")]
    assert names_and_statuses(sweep) == [("1_seed-0", "killed")]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"status": "done"}'])
def test_a_folder_that_tells_nothing_is_a_line_like_any_other(tmp_path, content):
    broken = put(tmp_path, "broken")
    (broken / "run.json").write_text(content)
    (broken / "config.json").unlink()
    put(tmp_path, "whole")
    by_name = {run.name: run for run in found_runs(tmp_path)}
    assert (by_name["broken"].status, by_name["whole"].status) == ("unreadable", "done")
    (line,) = (line for line in lines_of(list(by_name.values())) if line.startswith("broken"))
    assert ".json: " in line


def test_only_what_most_runs_do_not_share_is_said():
    configs = [{"beta": 1.0, "seed": seed, "mode": "DAE"} for seed in range(4)]
    configs[2] |= {"beta": 2.0, "neurons_per_layer": [20, 8]}
    configs[3] |= {"neurons_per_layer": [], "font_set": ["/far/away/mine.bdf", "font2"]}
    assert differences(grid(configs, 1, 2, 3, 4)) == [
        ["seed=0"],
        ["seed=1"],
        ["beta=2.0", "seed=2", "neurons_per_layer=[20, 8]"],
        ["seed=3", "neurons_per_layer=[]"],
    ]


def test_one_value_of_two_is_not_usual_and_of_three_it_is():
    assert differences(grid([{"beta": 1}, {"beta": 2}], 1, 2)) == [["beta=1"], ["beta=2"]]
    assert differences(grid([{"beta": 1}, {"beta": 2}, {"beta": 2}], 1, 2, 3)) == [["beta=1"], [], []]


def test_a_line_has_what_a_run_is_judged_by_and_why_it_failed():
    runs = [
        run("plain", 0.25, config={"note": "the\nfirst"}),
        run("denoiser", 3.5, measure="test_accumulated_error", accumulated_error=1.0),
        run("bad", status="failed", config={}),
        run("many", status="interrupted", config={"sweep": [{"seed": [0, 1]}, {"beta": [1, 2]}]}),
    ]
    assert lines_of(runs) == [
        'plain     done         accumulated_error 0.25      "the\\nfirst"',
        "denoiser  done         test_accumulated_error 3.5",
        "bad       failed                                   (it had to be)",
        "many      interrupted                              (it had to be)  sweep of seed and beta",
    ]


def test_a_path_is_named_by_its_last_part():
    fonts = (["/far/away/mine.bdf", "font2"], ["font1"])
    configs = [{"font_set": fonts[0]}, {"font_set": fonts[1]}]
    assert differences(grid(configs, 1, 2)) == [["font_set=mine.bdf + font2"], ["font_set=font1"]]


def test_the_list_ends_with_the_counts(tmp_path, capsys):
    put(tmp_path, "first", seed=1, summary={"accumulated_error": 1e-4})
    put(tmp_path, "second", "interrupted", seed=2)
    list_runs(tmp_path, Terminal())
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "first   done         accumulated_error 0.0001  seed=1",
        "second  interrupted                            seed=2",
    ]
    assert lines[2:] == [f"2 in {tmp_path}: 1 done and 1 interrupted"]


def test_a_folder_without_runs_and_what_is_no_folder(tmp_path, capsys):
    list_runs(tmp_path, Terminal())
    assert capsys.readouterr().out == f"{tmp_path}: no runs yet; python main.py makes one\n"
    with pytest.raises(UserError, match="there is no such folder; runs are in results/"):
        found_runs(tmp_path / "nowhere")
    alone = put(tmp_path, "alone")
    with pytest.raises(UserError, match="alone: is a run; name the folder that it is in: "):
        found_runs(alone)


def test_nothing_heavy_is_loaded(tmp_path):
    put(tmp_path, "one")
    heavy = {"numpy", "pydantic", "matplotlib", "rich", "scipy"}
    code = (
        "import sys; from main import main; assert main(sys.argv[1:]) == 0;"
        f" assert not {heavy} & set(sys.modules)"
    )
    for words in (["--runs", str(tmp_path)], ["--prune", str(tmp_path), "--yes"]):
        subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, check=True, timeout=60)
