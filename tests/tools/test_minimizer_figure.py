"""The comparison of minimizers draws what the metrics files hold."""

import numpy as np
import pytest

from tools.minimizer_figure import draw_minimizers, read_curve

METRICS = "epoch,loss,error,seconds,evaluations\n0,9,90,0,0\n1,5,50,0.5,10\n2,6,60,1,20\n3,0,0,2,30\n"


@pytest.fixture
def metrics(tmp_path):
    path = tmp_path / "metrics.csv"
    path.write_text(METRICS)
    return path


def test_a_curve_is_the_best_error_so_far_of_the_trained_network(metrics):
    curve = read_curve(metrics)
    assert curve["evaluations"].tolist() == [10, 20, 30]
    assert curve["seconds"].tolist() == [0.5, 1, 2]
    assert curve["error"].tolist() == [50, 50, 1e-3]  # an exact zero has no place on a log axis


def test_every_run_is_a_curve_in_both_panels_of_its_network(metrics):
    runs = {"a network": {"Powell": [metrics, metrics], "Adam": [metrics]}}
    figure = draw_minimizers(
        {**runs, "another": {"Powell": [metrics]}} | runs | {"another": runs["a network"]}
    )
    assert len(figure.axes) == 4
    for axes in figure.axes:
        assert len(axes.lines) == 3
    over_seconds = figure.axes[1].lines[0].get_xdata()
    np.testing.assert_array_equal(over_seconds, [0.5, 1, 2])
