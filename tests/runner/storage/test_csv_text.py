"""Any cells survive the way through a CSV."""

import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from runner.storage.csv_text import csv_text, number_texts, places_of_pixels

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5)


@given(st.lists(st.tuples(cells, st.floats(allow_nan=False)), max_size=5))
def test_text_and_floats_read_back_exactly(rows):
    text = csv_text((["text", "number"], rows))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["text", "number"]
    assert [(word, float(number)) for word, number in read[1:]] == rows


def test_lines_end_in_a_line_feed_and_none_is_an_empty_cell():
    assert csv_text((["a", "b"], [(1, None), (0.1, -2)])) == "a,b\n1,\n0.1,-2\n"


@given(arrays(st.sampled_from([np.float64, np.float32, np.int64]), st.integers(0, 5)))
def test_texts_made_once_are_those_of_the_numbers(numbers):
    header = [str(i) for i in range(len(numbers))]
    texts = number_texts(numbers)
    np.testing.assert_array_equal(np.array(texts, numbers.dtype), numbers)
    if numbers.dtype != np.float32:
        assert csv_text((header, [texts])) == csv_text((header, [numbers.tolist()]))


def test_each_precision_is_written_as_short_as_it_is_exact():
    assert number_texts(np.array([0.1, 1 / 3])) == ["0.1", "0.3333333333333333"]
    assert number_texts(np.array([0.1, 1 / 3], np.float32)) == ["0.1", "0.33333334"]


def test_pixels_are_counted_from_the_left_and_downwards():
    assert places_of_pixels(5, 3) == (["0", "0", "0", "1", "1"], ["0", "1", "2", "0", "1"])
