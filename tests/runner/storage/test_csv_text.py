"""Any cells survive the way through a CSV."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from runner.storage.csv_text import as_texts, csv_text, places_of_pixels

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5)


@given(st.lists(st.tuples(cells, st.floats(allow_nan=False)), max_size=5))
def test_text_and_floats_read_back_exactly(rows):
    text = csv_text((["text", "number"], rows))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["text", "number"]
    assert [(word, float(number)) for word, number in read[1:]] == rows


def test_lines_end_in_a_line_feed_and_none_is_an_empty_cell():
    assert csv_text((["a", "b"], [(1, None), (0.1, -2)])) == "a,b\n1,\n0.1,-2\n"


@given(st.lists(st.integers() | st.floats(allow_nan=False), max_size=5))
def test_texts_made_once_are_those_of_the_numbers(numbers):
    header = [str(i) for i in range(len(numbers))]
    assert csv_text((header, [as_texts(numbers)])) == csv_text((header, [numbers]))


def test_pixels_are_counted_from_the_left_and_downwards():
    assert places_of_pixels(5, 3) == (["0", "0", "0", "1", "1"], ["0", "1", "2", "0", "1"])
