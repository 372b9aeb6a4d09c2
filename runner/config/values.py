"""The kinds of values that keys of a config take."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_UNITS, MAX_LAYERS, MAX_EPOCHS, MAX_RESTARTS = 10_000, 20, 10_000_000, 10_000
FARTHEST = 1e9
LARGEST_WRITTEN = 10**100  # of numbers as texts; Python writes no more than 4,300 digits

Units = Annotated[int, Field(ge=1, le=MAX_UNITS)]
# A number of a point to decode; no code is farther out, and decoders overflow.
Coordinate = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]
ActivationName = Literal["linear", "logistic", "tanh", "silu", "relu", "elu", "gelu", "softplus", "sine"]


def _as_list(value: Any) -> Any:
    if not isinstance(value, str | list):
        raise ValueError("must be a name, a path, or a list of these")
    return [value] if isinstance(value, str) else value


def as_text(value: Any) -> Any:
    """A number as the text that it was written as; anything else as it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number and abs(value) < LARGEST_WRITTEN else value


Text = Annotated[str, BeforeValidator(as_text, json_schema_input_type=str | float)]


def _as_characters(value: Any) -> Any:
    value = as_text(value)
    if not isinstance(value, str | list):
        raise ValueError('must be characters and ranges, such as "A-Za-z", or a list of these')
    return [value] if isinstance(value, str) else value


FontName = Annotated[str, Field(min_length=1)]
FontNames = Annotated[list[FontName], Field(min_length=1)]
FontSelection = Annotated[FontNames, BeforeValidator(_as_list, json_schema_input_type=FontName | FontNames)]


CharacterText = Annotated[Text, Field(min_length=1)]
CharacterTexts = Annotated[list[CharacterText], Field(min_length=1)]
CharacterSelection = Annotated[
    CharacterTexts, BeforeValidator(_as_characters, json_schema_input_type=CharacterText | CharacterTexts)
]


class Published(BaseModel):
    """A figure from the literature, printed beside ours."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    error: float = Field(ge=0, description="the accumulated error that was reported")
    source: str = Field(description="where it was reported")
