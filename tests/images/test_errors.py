"""The one error of the room: a mistake that has a remedy, and a step of a search that failed."""

from images import datasets
from images.errors import DataError
from images.known.sources import FAILURES


def test_a_search_goes_on_after_a_data_error():
    assert issubclass(DataError, FAILURES)


def test_those_who_load_images_find_the_error_beside_them():
    assert datasets.DataError is DataError
