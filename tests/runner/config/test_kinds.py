"""What is read off the annotation of a key."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from runner.config.keys import kind_of
from runner.config.kinds import Kind
from runner.config.values import Range

WHOLE = Annotated[int, Field(ge=1)]


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (Literal["a", "b"], Kind(("a", "b"), False, False, False)),
        (Literal["a", "b"] | None, Kind(("a", "b"), True, False, False)),
        (int, Kind((), False, True, True)),
        (WHOLE, Kind((), False, True, True)),
        (WHOLE | None, Kind((), True, True, True)),
        (float, Kind((), False, True, False)),
        (int | float, Kind((), False, True, False)),
        (list[WHOLE], Kind((), False, False, True)),
        (list[list[float]], Kind((), False, False, False)),
        (bool, Kind((), False, False, False)),
        (str, Kind((), False, False, False)),
        (list[dict[str, list[Any] | Range]], Kind((), False, False, False)),
        (Any, Kind((), False, False, False)),
    ],
    ids=str,
)
def test_a_kind_is_what_the_annotation_says(annotation, kind):
    assert Kind.of(annotation) == kind


def test_the_kinds_of_keys():
    assert kind_of("mode").names == ("DEFAULT", "DAE", "VAE")
    assert kind_of("latent_layer_neurons") == kind_of("seed") == Kind.of(int)
    assert kind_of("neurons_per_layer") == Kind.of(list[int])
    assert kind_of("test_noise").names == kind_of("noise").names
    assert kind_of("patience").may_be_null and not kind_of("epochs").may_be_null
    assert kind_of("no such key") == Kind.of(Any)
