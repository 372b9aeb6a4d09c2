"""What the annotation of a key says about its values."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin


@dataclass(frozen=True)
class Kind:
    """The kind of values that a key takes.

    `names` are those that it allows, none if it takes something else; `is_number` says that it takes a
    single number, and `is_whole` that the numbers in its values, if there are any, are whole ones.
    """

    names: tuple[str, ...]
    may_be_null: bool
    is_number: bool
    is_whole: bool

    @classmethod
    def of(cls, annotation: Any) -> "Kind":
        """What such an annotation takes."""
        options = (annotation, *get_args(annotation))
        names = next((get_args(each) for each in options if get_origin(each) is Literal), ())
        types = _types(annotation)
        is_number = get_origin(annotation) is not list and not types.isdisjoint((int, float))
        return cls(names, type(None) in types, is_number, int in types and float not in types)


def _types(annotation: Any) -> set:
    """The types that an annotation is made of, at any depth."""
    if get_origin(annotation) is Literal:
        return {str}
    parts = get_args(annotation)
    if get_origin(annotation) is Annotated:
        parts = parts[:1]
    return set().union(*map(_types, parts)) if parts else {annotation}
