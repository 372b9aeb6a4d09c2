"""What a run is judged by is a number of its summary, and what is no difference is a key of the config."""

from pathlib import Path

from runner.compare.comparison import Comparison
from runner.compare.measures import MEASURES, MEASURES_OF_ONE, REMARKS, SHARED_MEASURES
from runner.config.keys import Config
from runner.storage.record import RunRecord


def test_every_result_has_one_and_the_first_counts(any_result):
    summary = any_result.summary
    (measure, *_) = [measure for measure, *_ in MEASURES if measure in summary]
    record = RunRecord(Path("run"), {}, "done", None, summary)
    assert Comparison([], [record]).measure == measure


def test_errors_of_one_picture_are_there_for_runs_on_different_pictures(any_result):
    if any_result.config.mode != "VAE":
        assert any(measure in any_result.summary for measure, *_ in MEASURES_OF_ONE)


def test_remarks_are_keys():
    assert Config.model_fields.keys() >= REMARKS
    assert all(words and name for name, words in SHARED_MEASURES.items())
