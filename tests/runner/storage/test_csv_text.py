"""Any cells survive the way through a CSV."""

import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from runner.storage.csv_text import Alike, columns_of, csv_text, number_texts, places_of_pixels
from runner.tables.tables import TABLES

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5)


@given(st.lists(st.tuples(cells, st.floats(allow_nan=False)), max_size=5))
def test_text_and_floats_read_back_exactly(rows):
    text = csv_text((["text", "number"], rows))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["text", "number"]
    assert [(word, float(number)) for word, number in read[1:]] == rows


@given(st.lists(st.tuples(cells, st.floats(allow_nan=False), st.integers(-(2**60), 2**60))))
def test_columns_read_back_exactly_as_they_were_written(rows):
    columns = columns_of(csv_text((["name", "loss", "index"], rows)))
    names, losses, indices = zip(*rows, strict=True) if rows else ((), (), ())
    assert columns["name"].tolist() == list(names)
    assert columns["index"].tolist() == list(indices)
    assert columns["loss"].tolist() == list(losses)
    assert columns["index"].dtype == np.int64
    assert columns["name"].dtype.kind == "U"


def test_what_looks_like_a_number_is_text_in_a_column_of_texts():
    columns = columns_of("name,label,error\n001,,1\n1e3,2,\n")
    assert columns["name"].tolist() == ["001", "1e3"]
    np.testing.assert_array_equal(columns["label"], [np.nan, 2])
    np.testing.assert_array_equal(columns["error"], [1, np.nan])


def test_columns_may_be_asked_for_by_name():
    columns = columns_of("z,x,y\n9,1,2e-3\n9,-3,0.1\n", ("y", "x"))
    assert list(columns) == ["y", "x"]
    assert columns["y"].tolist() == [0.002, 0.1]
    assert columns["x"].tolist() == [1, -3]


def test_every_column_of_every_table_is_known_as_text_or_numbers(any_result):
    for name, table in TABLES.items():
        header, rows = table(any_result)
        columns = columns_of(csv_text((header, rows)))
        assert list(columns) == header, name


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
    assert places_of_pixels((2, 3)) == ["0,0", "0,1", "0,2", "1,0", "1,1", "1,2"]
    assert places_of_pixels((3, 4), 2) == ["0,0", "0,2", "2,0", "2,2"]


def test_a_pixel_in_colour_has_three_channels_one_after_the_other():
    channels = ("red", "green", "blue")
    assert places_of_pixels((1, 2, 3)) == [
        f"0,{column},{channel}" for column in (0, 1) for channel in channels
    ]


@given(st.lists(cells | st.integers() | st.none(), min_size=2, max_size=4), st.integers(1, 3))
def test_rows_that_begin_alike_are_written_as_each_by_itself(head, count):
    tails = [(str(i), "0.5") for i in range(count)]
    alike = csv_text(([], [Alike(head, [",".join(tail) for tail in tails]), ["end"]]))
    assert alike == csv_text(([], [*([*head, *tail] for tail in tails), ["end"]]))
