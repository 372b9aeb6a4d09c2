"""Tables are read when they are asked for, once."""

import pytest

from runner.library.tables import Tables

TEXTS = {"b.csv": "x,name\n1.5,a\n", "a.csv": "epoch\n0\n1\n"}


def test_each_table_is_read_once_and_only_when_it_is_asked_for():
    asked = []

    def text_of(name):
        asked.append(name)
        return TEXTS[name]

    tables = Tables(TEXTS, text_of)
    assert list(tables) == ["a.csv", "b.csv"]
    assert len(tables) == 2
    assert repr(tables) == "Tables(a.csv, b.csv)"
    assert asked == []
    assert tables["a.csv"]["epoch"].tolist() == [0, 1]
    assert tables["a.csv"] is tables["a.csv"]
    assert {name: column.tolist() for name, column in tables["b.csv"].items()} == {
        "x": [1.5],
        "name": ["a"],
    }
    assert asked == ["a.csv", "b.csv"]


def test_a_table_that_is_not_there_says_which_are():
    tables = Tables(TEXTS, TEXTS.__getitem__)
    with pytest.raises(KeyError, match=r'a\.cvs \(did you mean "a\.csv"\?\); there are a\.csv, b\.csv'):
        tables["a.cvs"]
    assert "c.csv" not in tables
