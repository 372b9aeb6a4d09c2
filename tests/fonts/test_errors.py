"""The one kind of mistake of this room."""

from fonts.errors import FontError


def test_it_is_a_mistake_of_a_value():
    assert issubclass(FontError, ValueError)
