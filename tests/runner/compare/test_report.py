"""`--compare`: the same table and pictures for any finished runs."""

import pytest
from folders import rows
from run_records import grid, run

from main import main
from runner.compare.comparison import Comparison
from runner.compare.report import MOST_ROWS, best_settings, runs_in

TINY = ["epochs=3", "font_subset_size=4", "neurons_per_layer=[5]", "plots=false", "--quiet"]
FILES = {
    "runs.csv",
    "index.html",
    "plots/error_by_setting.png",
    "plots/curves.png",
    "plots/latent_maps.png",
}


@pytest.fixture
def two_runs(here):
    for name, size in (("one", 1), ("two", 2)):
        main([*TINY, f"latent_layer_neurons={size}", f"note={name}", "--name", name])
    return here / "results"


def compare(*folders):
    return main(["--compare", *map(str, folders), "--name", "side by side".replace(" ", "_")])


def test_two_runs(two_runs, capsys):
    assert compare(two_runs / "one", two_runs / "two") == 0
    folder = two_runs / "side_by_side"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == FILES
    table = rows(folder / "runs.csv")
    assert list(table[0])[:4] == ["run", "latent_layer_neurons", "status", "reason"]
    assert [row["run"] for row in table] == ["one", "two"]
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == [
        "latent_layer_neurons",
        "runs",
        "accumulated_error:",
        "mean",
        "(best)",
        "learned",
        "all",
        "PCA",
    ]
    errors = {row["latent_layer_neurons"]: float(row["accumulated_error"]) for row in table}
    best_first = sorted(errors, key=errors.get)
    assert [line.split()[0] for line in said[1:3]] == best_first
    assert said[1].split()[2] == f"{errors[best_first[0]]:.4g}"
    assert said[-1] == "look into results/side_by_side"


def test_a_sweep_and_a_run(swept, two_runs):
    assert compare(swept[0], two_runs / "latest") == 0
    table = rows(two_runs / "side_by_side" / "runs.csv")
    assert len(table) == 21
    assert table[-1]["run"] == "two"
    assert table[-1]["minimizer"] == "adam"
    assert table[0]["minimizer"] == "gradient_descent"
    assert table[19]["status"] == "failed"


def test_a_sweep_is_the_same_as_its_own_table(swept, here, capsys):
    assert compare(swept[0]) == 0
    table = rows(here / "results" / "side_by_side" / "runs.csv")
    known = rows(swept[0] / "runs.csv")
    assert sorted(table[0]) == sorted(known[0])
    assert [sorted(row.items()) for row in table] == [sorted(row.items()) for row in known]


def test_all_results_are_the_runs_in_them_but_for_the_link(two_runs):
    assert [each.name for each in runs_in(two_runs)] == ["one", "two"]
    assert [each.name for each in runs_in(two_runs / "latest")] == ["two"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "--compare: name at least two runs, or a sweep"),
        (["one"], "--compare: name at least two runs, or a sweep"),
        (["one", "none"], "results/none: there is no such folder; name runs"),
        (
            ["one", "empty"],
            "empty/run.json: cannot be read (No such file or directory); is this a finished run?",
        ),
        (["one", "one/run.json"], "results/one/run.json: there is no such folder"),
    ],
)
def test_what_cannot_be_compared_is_one_clear_line(two_runs, capsys, names, message):
    (two_runs / "empty").mkdir()
    before = sorted(two_runs.iterdir())
    capsys.readouterr()
    assert main(["--compare", *(f"results/{name}" for name in names)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert message in said
    assert said.count("\n") == 1
    assert sorted(two_runs.iterdir()) == before


# The terminal's table


def test_the_best_settings_come_first_with_their_counts():
    configs = [{"beta": beta, "seed": seed} for beta in (1, 2) for seed in (0, 1)]
    runs = grid(configs, 30, 20, 3, 1, pca_accumulated_error=4.0, total_wrong_pixels=0)
    runs.append(run(config={"beta": 2, "seed": 2}, status="failed"))
    runs.append(run(config={"beta": 3, "seed": 0}, status="failed"))
    header, *lines = [line.split() for line in best_settings(Comparison.of(runs)).splitlines()]
    assert header == ["beta", "runs", "accumulated_error:", "mean", "(best)", "learned", "all", "PCA"]
    assert lines == [
        ["2", "2", "of", "3", "2", "(1)", "2/2", "4"],
        ["1", "2", "25", "(20)", "2/2", "4"],
        ["3", "0", "of", "1", "failed"],
    ]


def test_kinds_of_network_are_told_with_the_measures_they_share():
    configs = [{"mode": "DEFAULT"}, {"mode": "VAE"}]
    runs = grid(configs, 3, 1, pca_accumulated_error=4.0, mean_error=0.25)
    runs[1].summary["knn_accuracy"] = 0.75
    header, *lines = best_settings(Comparison.of(runs)).splitlines()
    assert header.split()[-5:] == ["error", "a", "picture", "15-NN", "accuracy"]
    assert [line.split() for line in lines] == [
        ["VAE", "1", "1", "(1)", "4", "0.25", "0.75"],
        ["DEFAULT", "1", "3", "(3)", "4", "0.25"],
    ]


def test_settings_beyond_a_screen_are_counted():
    runs = grid([{"beta": beta} for beta in range(1, MOST_ROWS + 4)], *range(MOST_ROWS + 3))
    lines = best_settings(Comparison.of(runs)).splitlines()
    assert len(lines) == MOST_ROWS + 2
    assert lines[-1] == "… and 3 more in runs.csv"


def test_values_are_printed_as_they_are():
    runs = grid([{"note2": "[red]x[/red]", "a": None}, {"note2": ":smile:", "a": "x" * 300}], 1, 2)
    said = best_settings(Comparison.of(runs))
    assert "[red]x[/red]" in said
    assert ":smile:" in said
    assert all(len(line) <= 110 for line in said.splitlines())


def test_no_run_is_a_table_without_rows():
    assert len(best_settings(Comparison([], [])).splitlines()) == 1
