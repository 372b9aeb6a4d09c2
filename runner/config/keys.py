"""The config: every key with its type, range and default.

A config that holds only the ten documented keys gives the documented system; everything better is
an explicit key.
"""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from runner.config import defaults
from runner.config.agreement import RULES, disagreement
from runner.config.axes import mistake_in
from runner.config.kinds import Kind
from runner.config.spelling import as_whole, exact, plain, spelled
from runner.config.values import (
    MAX_EPOCHS,
    MAX_LAYERS,
    MAX_RESTARTS,
    MAX_SAMPLES,
    ActivationName,
    AxisValues,
    CharacterSelection,
    Coordinate,
    FontSelection,
    NoiseName,
    Published,
    Text,
    Units,
)

IMAGE_SETS = ("mnist", "fashion_mnist")


class Config(BaseModel):
    """One experiment, every key resolved and checked."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        title="Latent Lab config",
    )

    # The ten documented keys.
    mode: Literal["DEFAULT", "DAE", "VAE"] = Field(
        "DEFAULT",
        description="`DEFAULT` autoencoder, `DAE` denoising autoencoder, or `VAE` variational autoencoder",
    )
    vae_dataset: Text = Field(
        "mnist",
        min_length=1,
        description="`mnist`, `fashion_mnist`, or the path of a folder of images, or of arrays (`.npz`)",
    )
    minimizer: Literal["powell", "lbfgs", "adam", "rmsprop", "momentum", "gradient_descent"] = Field(
        "adam",
        description="the first two are SciPy's (not in VAE), the others follow autograd's gradient",
    )
    noise_probability: float = Field(0.1, ge=0, le=1, description="how often a pixel becomes noisy (DAE)")
    neurons_per_layer: list[Units] = Field(
        [20],
        max_length=MAX_LAYERS,
        description="hidden layers of the encoder, from the input inwards; the decoder mirrors them",
    )
    latent_layer_neurons: Units = Field(2, description="size of the bottleneck")
    font_set: FontSelection = Field(
        ["font2"],
        description="a font of `fonts/` by name, the path of any other (BDF, PCF, font.h; TTF and OTF with"
        " a height in pixels: `DejaVuSans.ttf:12`), or a list of them, joined",
    )
    font_subset_size: Annotated[int, Field(ge=1)] | None = Field(
        None, description="only the first N characters; null for all"
    )
    beta: float = Field(
        1.0,
        gt=0,
        le=1e6,
        description="slope of the logistic function 1/(1+exp(-2·beta·x)); VAE: weight of the KL term",
    )
    epochs: int = Field(
        100,
        ge=1,
        le=MAX_EPOCHS,
        description="passes over the training set; for SciPy's methods, their iterations",
    )

    # What goes beyond the documents.
    data: Literal["font", "images"] = Field(
        default_factory=defaults.data,
        description="whether `font_set` or `vae_dataset` is learned (default: font; VAE: images)",
    )
    image_size: Annotated[int, Field(ge=1, le=128)] | None = Field(
        None,
        description="rows or columns of images, whichever are more (default: theirs; above 128 it is 64)",
    )
    image_colors: Literal["auto", "grey", "color"] = Field(
        "auto",
        description="whether images are read in grey or colour; `auto`: in colour if the set shows some",
    )
    seed: int = Field(0, ge=0, le=2**32 - 1, description="the start of every stream of random numbers")
    characters: CharacterSelection | None = Field(
        None, description='these characters only: `"aben"`, `"A-Za-z"` or a list of such'
    )
    encoder_activation: ActivationName = Field(
        default_factory=defaults.hidden_activation,
        description="of the encoder's hidden layers (default: linear; VAE: relu)",
    )
    layer_kind: Literal["dense", "convolutional"] = Field(
        "dense",
        description="`convolutional`: hidden layers are maps of 3×3 convolutions with stride 2, and"
        " `neurons_per_layer` says how many maps each has (VAE)",
    )
    conditional: bool = Field(
        False,
        description="whether encoder and decoder are given the class of each picture (VAE, of classes)",
    )
    latent_activation: ActivationName = Field("linear", description="of the latent layer")
    decoder_activation: ActivationName = Field(
        default_factory=defaults.decoder_activation,
        description="of the decoder's hidden layers (default: logistic; VAE: relu); the output is logistic",
    )
    bias: bool = Field(False, description="whether every unit also has a bias (VAE: always)")
    fixed_bias: float = Field(
        0.0,
        ge=-1e6,
        le=1e6,
        description="a number that is added to the sum of every unit and never trained (without `bias`)",
    )
    loss: Literal["squared_error", "cross_entropy", "absolute_error"] = Field(
        "squared_error", description="what training makes small (VAE: always cross-entropy)"
    )
    initialization: Literal["normal", "uniform", "glorot", "he"] = Field(
        "normal",
        description="standard normal weights, `uniform` ones in ±1, or weights scaled to the layer",
    )
    learning_rate: float = Field(
        default_factory=defaults.learning_rate,
        gt=0,
        description="step size of the first-order minimizers (default: one that suits the minimizer)",
    )
    learning_rate_schedule: Literal["constant", "cosine"] = Field(
        "constant", description="`cosine` lets the rate fall to zero over the epochs"
    )
    epsilon: float = Field(
        default_factory=defaults.epsilon,
        ge=1e-30,
        le=1e6,
        description="what `adam` adds to the root that it divides by, and `rmsprop` to what is below that"
        " (default: 1e-8 of `adam`, 1e-7 of `rmsprop`; VAE: 1e-7)",
    )
    batch_size: Annotated[int, Field(ge=1)] | None = Field(
        default_factory=defaults.batch_size,
        description="examples in a step; null for all (default: null; images: 256; VAE: 100)",
    )
    restarts: int = Field(
        1,
        ge=1,
        le=MAX_RESTARTS,
        description="networks trained from different initial weights; the best is kept",
    )
    noise: NoiseName = Field("flip", description="kind of noise (DAE)")
    max_noise: float = Field(
        1.0,
        ge=0,
        le=10,
        description="largest change of `uniform`, standard deviation of `gaussian`",
    )
    test_noise: NoiseName | None = Field(
        None, description="kind of the noise that a denoiser is judged on (DAE; null: that of its training)"
    )
    test_noise_probability: Annotated[float, Field(ge=0, le=1)] | None = Field(
        None, description="how often a pixel has that noise (DAE; null: as often as in the training)"
    )
    noisy_copies: int = Field(
        default_factory=defaults.noisy_copies,
        ge=1,
        le=10_000,
        description="noisy examples of each picture (DAE; default: 5; images: 1)",
    )
    fresh_noise: bool = Field(False, description="whether every epoch draws new noise (DAE)")
    latent_noise: float = Field(
        0.0,
        ge=0,
        le=1,
        description="standard deviation of normal noise on each latent number while training, as a share"
        " of its range (DEFAULT, DAE)",
    )
    generate: list[list[Coordinate]] = Field(
        [], description="latent points to decode, e.g. `[[0, 0.2], [1, 0.2]]`"
    )
    kl_warmup_epochs: int = Field(
        0,
        ge=0,
        le=MAX_EPOCHS,
        description="epochs over which the KL term grows to its weight (VAE)",
    )
    exact_posterior_epochs: int = Field(
        0,
        ge=0,
        le=MAX_EPOCHS,
        description="epochs at the end in which the decoder learns at codes drawn from the exact posterior"
        " p(z | x) instead of the encoder's: expectation–maximization (VAE, one or two latent neurons)",
    )
    exact_likelihood: bool = Field(
        False,
        description="whether log p(x) is computed: with one or two latent neurons by a sum over all codes,"
        " and −ELBO split into what is lost where; with more from below, by importance weighting (VAE)",
    )
    patience: Annotated[int, Field(ge=1)] | None = Field(
        None,
        description="stop after so many epochs without improvement (of images with a test part on a tenth"
        " that is held back, of a denoiser on new noise)",
    )
    sweep: list[dict[str, AxisValues]] = Field(
        [],
        description="axes of a sweep: lists, whose product the runs are, or ranges of numbers, which are"
        ' drawn: `{"learning_rate": {"from": 1e-4, "to": 0.1, "log": true}}`',
    )
    samples: Annotated[int, Field(ge=1, le=MAX_SAMPLES)] | None = Field(
        None,
        validate_default=True,
        description="how many points are drawn of all ranges in `sweep` together",
    )
    published: Published | None = Field(
        None, description='a figure to print beside ours: `{"error": 17.68, "source": "…"}`'
    )
    note: Text = Field("", description="anything you want to remember about the run")
    plots: bool = Field(True, description="whether to draw the pictures and to write the pages")
    explorer: bool = Field(
        True, description="whether to write the interactive page and the notebook (not without `plots`)"
    )
    precision: Literal["float64", "float32"] = Field(
        default_factory=defaults.precision,
        description="`float32` halves the time of many restarts (default: float64; images: float32)",
    )

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Names match in any case and with hyphens; whole numbers may be written 1e3, texts as numbers."""
        return {key: _read(key, value) for key, value in values.items()}

    @field_validator(*RULES)
    @classmethod
    def _agree(cls, value, info: ValidationInfo):
        if mistake := disagreement(info.field_name or "", value, info.data):
            raise ValueError(mistake)
        return value

    @field_validator("vae_dataset")
    @classmethod
    def _spell_dataset(cls, name):
        return {plain(known): known for known in IMAGE_SETS}.get(plain(name), name)

    @field_validator("sweep")
    @classmethod
    def _axes_are_aligned(cls, axes):
        kinds = {key: kind_of(key) for key in cls.model_fields}
        mistake = next(filter(None, (mistake_in(axis, kinds) for axis in axes)), None)
        if mistake:
            raise ValueError(mistake)
        return axes


@cache
def exact_key(name: str) -> str:
    """The key that is meant; a name that is none stays as it is."""
    return exact(name, Config.model_fields)


@cache
def kind_of(key: str) -> Kind:
    """What a key takes; of a name that is none, anything."""
    field = Config.model_fields.get(key)
    return Kind.of(field.annotation if field else Any)


def _read(key: str, value: Any) -> Any:
    """A value as its key takes it, if it can be read as such; otherwise as it is."""
    kind = kind_of(key)
    if isinstance(value, str):
        return spelled(key, value, kind.names)
    return as_whole(value) if kind.is_whole else value
