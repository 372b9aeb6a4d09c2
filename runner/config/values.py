"""The kinds of values that keys of a config take."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from runner.config.errors import shown
from runner.config.spelling import plain

MAX_UNITS, MAX_LAYERS, MAX_EPOCHS, MAX_RESTARTS = 10_000, 20, 10_000_000, 10_000
MAX_SAMPLES = 100_000
FARTHEST = 1e9
LARGEST_WRITTEN = 10**100  # of numbers as texts; Python writes no more than 4,300 digits

Units = Annotated[int, Field(ge=1, le=MAX_UNITS)]
# A number of a point to decode; no code is farther out, and decoders overflow.
Coordinate = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]
ActivationName = Literal["linear", "logistic", "tanh", "silu", "relu", "elu", "gelu", "softplus", "sine"]
NoiseName = Literal["flip", "uniform", "gaussian", "salt_and_pepper", "masking"]


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


class Range(BaseModel):
    """Numbers that a sweep draws, from the first to the last; with `log` as many of each magnitude."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, serialize_by_alias=True
    )

    first: int | float = Field(alias="from", description="the smallest number that is drawn")
    last: int | float = Field(alias="to", description="the largest")
    log: bool = Field(False, description="whether each magnitude is drawn as often as any other")

    @model_validator(mode="after")
    def _goes_up(self) -> "Range":
        if self.first >= self.last:
            raise ValueError("a range goes from the smaller number to the larger one")
        if self.log and self.first <= 0:
            raise ValueError('a range with "log" begins above 0')
        return self


def _as_axis(values: Any) -> Any:
    """A range from its object; a list as it is."""
    if isinstance(values, list | Range):
        return values
    example = 'a range such as {"from": 0.0001, "to": 0.1, "log": true}'
    if not isinstance(values, dict):
        raise ValueError(f"must be a list: write [{shown(values)}]; or {example}")
    try:
        return Range.model_validate({plain(name): value for name, value in values.items()})
    except ValidationError as error:
        mistake = error.errors()[0]
        raise ValueError(
            mistake["ctx"]["error"] if mistake["type"] == "value_error" else f"must be {example}"
        ) from None


AxisValues = Annotated[
    list[Any] | Range, BeforeValidator(_as_axis, json_schema_input_type=list[Any] | Range)
]
