"""Which keys a config makes use of: the others are checked, but nothing comes of them."""

from collections.abc import Callable
from dataclasses import dataclass

from runner.config.axes import has_ranges
from runner.config.defaults import EPSILONS, SCIPY_MINIMIZERS
from runner.config.errors import listed
from runner.config.keys import Config


@dataclass(frozen=True)
class Rule:
    """Some keys, when they are used, and what to say where they are not."""

    keys: tuple[str, ...]
    are_used: Callable[[Config], bool]
    otherwise: str  # with the config's own values in braces


# A key that is in no rule is always used.
RULES = (
    Rule(
        ("loss", "initialization", "bias", "fixed_bias", "latent_noise", "restarts", "precision"),
        lambda config: config.mode != "VAE",
        "mode {mode} does not use it; modes DEFAULT and DAE do",
    ),
    Rule(
        (
            *("noise", "noise_probability", "noisy_copies", "fresh_noise", "max_noise"),
            *("test_noise", "test_noise_probability"),
        ),
        lambda config: config.mode == "DAE",
        "mode {mode} does not use it; mode DAE does",
    ),
    Rule(
        ("max_noise",),
        lambda config: not {"uniform", "gaussian"}.isdisjoint((config.noise, config.test_noise)),
        'noise "{noise}" does not use it; "uniform" and "gaussian" do',
    ),
    Rule(
        (
            *("kl_warmup_epochs", "layer_kind", "conditional"),
            *("exact_likelihood", "exact_posterior_epochs"),
        ),
        lambda config: config.mode == "VAE",
        "mode {mode} does not use it; mode VAE does",
    ),
    Rule(
        ("font_set", "font_subset_size", "characters"),
        lambda config: config.data == "font",
        'images are learned, not a font; write data="font", or leave it out',
    ),
    Rule(
        ("vae_dataset", "image_size", "image_colors"),
        lambda config: config.data == "images",
        'a font is learned, not images; write data="images", or leave it out',
    ),
    Rule(
        ("learning_rate", "learning_rate_schedule", "batch_size", "patience"),
        lambda config: config.minimizer not in SCIPY_MINIMIZERS,
        'minimizer "{minimizer}" does not use it; the first-order ones, such as "adam", do',
    ),
    Rule(
        ("epsilon",),
        lambda config: config.minimizer in EPSILONS,
        'minimizer "{minimizer}" does not use it; "adam" and "rmsprop" do',
    ),
    Rule(
        ("explorer",),
        lambda config: config.plots or not config.explorer,
        "without plots no page is written; write plots=true, or leave it out",
    ),
    Rule(
        ("samples",),
        lambda config: has_ranges(config.sweep),
        'sweep has no range to draw from; write one there: {{"beta": {{"from": 0.5, "to": 2}}}}',
    ),
)


def unused_because(key: str, config: Config) -> str | None:
    """Why nothing comes of a key, as the end of a sentence; None if it is used."""
    broken = (rule for rule in RULES if key in rule.keys and not rule.are_used(config))
    rule = next(broken, None)
    return rule.otherwise.format(**config.model_dump()) if rule else None


def passed_over(config: Config) -> list[str]:
    """A line for each reason why nothing comes of keys that were set to something else than by default."""
    values = config.model_dump()
    reasons: dict[str | None, list[str]] = {}
    for key, field in Config.model_fields.items():
        default = field.get_default(call_default_factory=True, validated_data=values)
        if key in config.model_fields_set and values[key] != default:
            reasons.setdefault(unused_because(key, config), []).append(key)
    return [f"passed over: {listed(keys)}: {reason}" for reason, keys in reasons.items() if reason]
