"""The chart that suits what was varied, made from what is in the folders of the runs."""

from dataclasses import replace

import numpy as np
import pytest
from run_records import grid, run

from runner.compare.comparison import Comparison
from runner.compare.figures import (
    MOST_LINES,
    MOST_MAPS,
    MOST_MEASURED,
    draw_figures,
    error_by_setting,
    setting_label,
)
from runner.figures.style import png
from runner.storage.csv_text import csv_text
from runner.tables.tables import TABLES


def chart(configs, errors=None, **summary):
    errors = [1.0 + index for index in range(len(configs))] if errors is None else errors
    return kind(error_by_setting(Comparison.of(grid(configs, *errors, **summary)), "error"))


def kind(figure):
    """What a chart is, its lines by label, and its axes."""
    assert png(figure)
    axes = figure.axes[0]
    if axes.images:
        return "heat map", axes.images[0].get_array(), axes
    if not axes.lines or not any(line.get_marker() == "o" for line in axes.lines):
        return "dots", axes.collections[0].get_offsets()[:, 1], axes
    name = "names" if axes.lines[0].get_linestyle() == "None" else "lines"
    return name, {line.get_label(): line.get_xydata().tolist() for line in axes.lines}, axes


def product(**values):
    configs = [{}]
    for key, options in values.items():
        configs = [{**config, key: option} for config in configs for option in options]
    return configs


# No factor


@pytest.mark.parametrize("seeds", [1, 2, 1000])
def test_seeds_alone_are_dots(seeds):
    name, errors, axes = chart(product(seed=range(seeds)), pca_accumulated_error=3.0)
    assert name == "dots"
    assert errors.tolist() == [1.0 + index for index in range(seeds)]
    assert axes.lines[0].get_ydata() == [3.0, 3.0]


# One factor


def test_one_number_is_a_line_with_the_mean_of_its_seeds():
    configs = product(size=[8, 1, 4], seed=[0, 1])
    name, found, axes = chart(configs, [1, 3, 50, 60, 7, 9], pca_accumulated_error=2.0)
    assert name == "lines"
    (line, limit) = found.values()
    assert line == [[1, 55], [4, 8], [8, 2]]
    assert limit == [[1, 2], [4, 2], [8, 2]]
    assert axes.get_xlabel() == "size"
    assert axes.get_yscale() == "log"


def test_one_name_is_a_dot_for_each():
    name, found, axes = chart(product(minimizer=["rmsprop", "adam"], seed=[0, 1]), [1, 3, 4, 6])
    assert name == "names"
    assert next(iter(found.values())) == [[0, 2], [1, 5]]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["rmsprop", "adam"]


def test_keys_that_change_together_are_one_axis():
    pairs = [{"minimizer": m, "rate": r} for m, r in (("adam", 0.1), ("powell", 0.5))]
    name, _, axes = chart(pairs)
    assert name == "names"
    assert [text.get_text() for text in axes.get_xticklabels()] == ["adam, 0.1", "powell, 0.5"]


# Two factors


def test_a_number_by_a_name_is_a_line_for_each_name():
    configs = product(minimizer=["rmsprop", "adam"], size=[1, 2, 3, 4])
    name, found, axes = chart(configs, [8, 7, 6, 5, 4, 3, 2, 1])
    assert name == "lines"
    assert found == {"rmsprop": [[1, 8], [2, 7], [3, 6], [4, 5]], "adam": [[1, 4], [2, 3], [3, 2], [4, 1]]}
    assert axes.get_xlabel() == "size"


def limits_of(limits):
    """The dashed lines over a size when the groups "a" and "b" have these limits."""
    runs = grid(product(font=["a", "b"], size=[1, 2, 3, 4]), *range(1, 9))
    for each, limit in zip(runs, limits, strict=True):
        each.summary["pca_accumulated_error"] = limit
    name, found, _ = kind(error_by_setting(Comparison.of(runs), "error"))
    assert name == "lines"
    return {label: line for label, line in found.items() if label.startswith("PCA")}


def test_each_line_has_its_own_limit():
    found = limits_of([4.0, 3.0, 2.0, 1.0, 8.0, 7.0, 6.0, 5.0])
    assert found == {"PCA a": [[1, 4], [2, 3], [3, 2], [4, 1]], "PCA b": [[1, 8], [2, 7], [3, 6], [4, 5]]}


def test_a_limit_that_all_lines_share_is_drawn_once():
    assert limits_of([4.0, 3.0, 2.0, 1.0] * 2) == {"PCA": [[1, 4], [2, 3], [3, 2], [4, 1]]}


def test_a_limit_out_of_reach_does_not_flatten_the_errors():
    (line,) = limits_of([4.0, 3.0, 1e-28, 0.0] * 2).values()
    np.testing.assert_array_equal(line, [[1, 4], [2, 3], [3, np.nan], [4, np.nan]])


def test_two_short_numbers_are_a_heat_map_without_missing_cells():
    configs = product(noise=[0.5, 0.1], size=[12, 2, 6])
    name, table, axes = chart(configs, [1, 2, 3, 4, 5, 6])
    assert name == "heat map"
    assert table.tolist() == [[5, 6, 4], [2, 3, 1]]  # both sorted
    assert [text.get_text() for text in axes.get_xticklabels()] == ["2", "6", "12"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["0.1", "0.5"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("size", "noise")


def test_two_names_are_a_heat_map():
    name, table, _ = chart(product(font=["f1", "f2"], minimizer=["x", "y"]), [1, 2, 3, 4])
    assert (name, sorted(table.ravel().tolist())) == ("heat map", [1, 2, 3, 4])


def test_too_many_lines_are_a_heat_map():
    names = [f"f{index}" for index in range(MOST_LINES + 1)]
    assert chart(product(font=names[:-1], size=[1, 2, 3, 4]))[0] == "lines"
    assert chart(product(font=names, size=[1, 2, 3, 4]))[0] == "heat map"


def test_failed_and_missing_settings_are_left_out():
    configs = product(noise=[0.1, 0.5], size=[2, 6, 12])
    runs = grid(configs, *range(1, 7))
    runs[1] = run("broken", config=configs[1], status="failed")
    del runs[5]
    name, table, _ = kind(error_by_setting(Comparison.of(runs), "error"))
    assert name == "heat map"
    assert table.mask.tolist() == [[False, True, False], [False, False, True]]
    lines = grid(product(minimizer=["a", "b"], size=[1, 2, 3, 4]), *range(1, 9))
    lines[4:] = [replace(each, status="failed", summary={}) for each in lines[4:]]
    lines[1] = replace(lines[1], status="failed", summary={})
    name, found, _ = kind(error_by_setting(Comparison.of(lines), "error"))
    assert (name, found) == ("lines", {"a": [[1, 1], [3, 3], [4, 4]], "b": []})


# Three factors


def test_three_factors_put_two_on_one_axis():
    configs = product(font=["a", "b"], noise=[0.1, 0.5], size=[3, 2, 1])
    name, table, axes = chart(configs, range(12))
    assert (name, table.shape) == ("heat map", (4, 3))
    assert table[0].tolist() == [2, 1, 0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a, 0.1", "a, 0.5", "b, 0.1", "b, 0.5"]
    assert axes.get_ylabel() == "font, noise"


def test_four_factors_are_halved_and_limits_stand_beside_what_they_are_of():
    configs = product(noise=["x", "y"], rate=[0.1, 0.3], test_noise=["x", "y"], test_rate=[0.3, 0.1])
    runs = grid(configs, *range(16))
    limits = {("x", 0.1): 1.5, ("x", 0.3): 2.5, ("y", 0.1): 0.5, ("y", 0.3): 4.0}
    for each in runs:
        each.summary["test_accumulated_error"] = each.summary.pop("accumulated_error")
        at = each.config["test_noise"], each.config["test_rate"]
        each.summary["bayes_accumulated_error"] = limits[at]
    name, table, axes = kind(error_by_setting(Comparison.of(runs), "error"))
    assert name == "heat map"
    assert table.tolist() == [[4 * row + at for at in (1, 0, 3, 2)] for row in range(4)]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["x, 0.1", "x, 0.3", "y, 0.1", "y, 0.3"]
    assert [text.get_text() for text in axes.get_xticklabels()] == [
        *("x, 0.1 (Bayes 1.5)", "x, 0.3 (Bayes 2.5)", "y, 0.1 (Bayes 0.5)", "y, 0.3 (Bayes 4)")
    ]
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("noise, rate", "test_noise, test_rate")


@pytest.mark.parametrize("error", [0.0, 2.5])
@pytest.mark.parametrize(
    "keys", [{"seed": [0, 1]}, {"size": [1, 2, 3]}, {"a": ["x", "y"], "b": ["x", "y"]}]
)
def test_equal_errors_are_drawn(keys, error):
    configs = product(**keys)
    assert chart(configs, [error] * len(configs))[2].get_yscale() == "linear"


# From the folders


def save(folder, name, config, errors, places=((0, 0), (1, 2)), status="done"):
    """A run with that error by epoch in a folder of its own."""
    path = folder / name
    path.mkdir()
    metrics = "".join(f"{epoch},{error}\n" for epoch, error in enumerate(errors))
    (path / "metrics.csv").write_text(f"epoch,error\n{metrics}")
    latent = "".join(f"letter,{c},{x},{y}\n" for c, (x, y) in zip("AB", places, strict=True))
    (path / "latent.csv").write_text(f"name,character,x,y\n{latent}")
    return replace(run(name, errors[-1], config=config, status=status), path=path)


def pictures(runs):
    figures = dict(draw_figures(Comparison.of(runs)))
    assert all(png(figure) for figure in figures.values())
    return figures


def test_curves_are_means_over_the_epochs_that_all_seeds_reached(tmp_path):
    runs = [
        save(tmp_path, "a0", {"beta": 1, "seed": 0}, [9, 5, 3, 1]),
        save(tmp_path, "a1", {"beta": 1, "seed": 1}, [7, 3, 2]),
        save(tmp_path, "b0", {"beta": 2, "seed": 0}, [9, 1, 0.5]),
    ]
    figures = pictures(runs)
    assert list(figures) == ["error_by_setting.png", "curves.png", "latent_maps.png"]
    best, second = figures["curves.png"].axes[0].lines
    assert (best.get_label(), best.get_ydata().tolist()) == ("2", [9, 1, 0.5])
    assert (second.get_label(), second.get_ydata().tolist()) == ("1", [8, 4, 2.5])


def test_the_map_of_a_setting_is_that_of_its_best_seed(tmp_path):
    runs = [
        save(tmp_path, "a0", {"beta": 1, "seed": 0}, [9, 5], places=((0, 0), (1, 1))),
        save(tmp_path, "a1", {"beta": 1, "seed": 1}, [9, 3], places=((5, 6), (7, 8))),
        save(tmp_path, "b0", {"beta": 2, "seed": 0}, [9, 1], places=((-1, 0), (1, 0))),
    ]
    best, second, *_ = pictures(runs)["latent_maps.png"].axes
    assert best.get_title(loc="left") == "2\n1"
    assert second.get_title(loc="left") == "1\n3"
    assert [text.get_position() for text in second.texts] == [(5, 6), (7, 8)]


def test_at_most_a_dozen_maps_are_shown(tmp_path):
    runs = [save(tmp_path, f"r{i}", {"beta": i}, [9, i]) for i in range(MOST_MAPS + 2)]
    axes = [axes for axes in dict(draw_figures(Comparison.of(runs)))["latent_maps.png"].axes if axes.axison]
    assert len(axes) == MOST_MAPS


def test_runs_without_numbers_have_no_pictures(tmp_path):
    assert pictures([run(status="failed")] * 2) == {}
    assert pictures([]) == {}


def test_failed_runs_are_not_read(tmp_path):
    done = save(tmp_path, "a", {"beta": 1, "seed": 0}, [9, 5])
    assert len(pictures([done, run("b", config={"beta": 1, "seed": 1}, status="failed")])) == 3


def test_a_setting_is_called_by_its_values_or_by_its_run():
    settings = Comparison.of(grid([{"a": [1], "b": 2.5}, {"a": [3], "b": True}], 1, 2)).settings
    assert [setting_label(setting) for setting in settings] == ["[1], 2.5", "[3], true"]
    (alone,) = Comparison([], [run("x", 2), run("y", 1)]).settings
    assert setting_label(alone) == "y"


def saved(folder, name, result, config, measure, **summary):
    """A run with the tables of a result in a folder of its own."""
    path = folder / name
    path.mkdir()
    for table in ("metrics.csv", "latent.csv"):
        (path / table).write_text(csv_text(TABLES[table](result)), encoding="utf-8")
    made = run(name, result.summary[measure], config=config, measure=measure, **summary)
    return replace(made, path=path)


def test_images_are_compared_by_the_loss_of_the_test_set(image_result, tmp_path):
    figures = pictures([saved(tmp_path, "vae", image_result, {}, "test_negative_elbo")])
    (curve,) = figures["curves.png"].axes[0].lines
    np.testing.assert_array_equal(curve.get_ydata(), image_result.history["validation_loss"])
    assert figures["curves.png"].axes[0].get_ylabel() == "negative elbo"
    assert len(figures["latent_maps.png"].axes[0].collections) == 3


# Kinds of network side by side


def test_different_modes_are_compared_by_the_measures_that_all_have(
    tmp_path, default_result, letter_vae_result
):
    shared = {"mean_error": 0.5, "total_wrong_pixels": 3, "legibility": 0.4}
    runs = [
        saved(tmp_path, name, result, {"mode": mode, "seed": 0}, "accumulated_error", **shared)
        for name, result, mode in (("a", default_result, "DEFAULT"), ("b", letter_vae_result, "VAE"))
    ]
    figures = pictures(runs)
    # By epoch one is measured in errors and the other in nats.
    assert list(figures) == ["error_by_setting.png", "measures.png", "latent_maps.png"]
    panels = figures["measures.png"].axes
    titles = ["error a picture", "wrong pixels", "legible drawings"]
    assert [axes.get_title(loc="left") for axes in panels] == titles
    assert [text.get_text() for text in panels[0].get_yticklabels()] == ["DEFAULT", "VAE"]


def test_measured_settings_are_called_by_as_many_values_as_tell_them_apart(tmp_path):
    keys = [("VAE", 1, 0.1, 7), ("VAE", 1, 0.2, 8), ("DAE", 2, 0.1, 9)]
    names = ("mode", "latent_layer_neurons", "learning_rate", "epochs")
    runs = [
        save(tmp_path, f"r{i}", dict(zip(names, each, strict=True)), [9, i]) for i, each in enumerate(keys)
    ]
    for each in runs:
        each.summary["mean_error"] = 1.0
    (axes,) = dict(draw_figures(Comparison.of(runs)))["measures.png"].axes
    labels = [text.get_text() for text in axes.get_yticklabels()]
    assert labels == ["VAE, 1, 0.1", "VAE, 1, 0.2", "DAE, 2, 0.1"]


def test_runs_of_one_kind_need_no_measures_beside_their_error(tmp_path):
    runs = [save(tmp_path, f"r{i}", {"mode": "DAE", "beta": i}, [9, i]) for i in (1, 2)]
    assert "measures.png" not in pictures(runs)


def test_at_most_so_many_settings_are_measured(tmp_path):
    runs = [
        save(tmp_path, f"r{i}", {"mode": "DAE" if i else "VAE", "beta": i}, [9, i])
        for i in range(MOST_MEASURED + 2)
    ]
    for each in runs:
        each.summary["mean_error"] = 1.0
    (axes,) = dict(draw_figures(Comparison.of(runs)))["measures.png"].axes
    assert len(axes.get_yticks()) == MOST_MEASURED


# Searches


@pytest.mark.parametrize("names", [["a"], ["a", "b"]])
@pytest.mark.parametrize("sizes", [1, 3])
def test_drawn_numbers_have_a_panel_each(sizes, names):
    random = np.random.default_rng(0)
    configs = [
        {"rate": float(random.uniform()), "beta": float(random.uniform()), "size": i % sizes, "loss": loss}
        for i in range(40)
        for loss in names
    ]
    figure = error_by_setting(Comparison.of(grid(configs, *range(1, len(configs) + 1))), "error")
    assert png(figure)
    keys = ["rate", "beta"] + (["size"] if sizes > 1 else [])
    assert [axes.get_xlabel() for axes in figure.axes if axes.axison] == keys
    assert len(figure.axes[0].collections[0].get_offsets()) == len(configs)
