"""The figures that the error of a run is held against, because a number means little alone."""

from runner.result.result import Result

PUBLISHED = "published"


def limits(result: Result) -> dict[str, float]:
    """Errors by name: the linear limit or the best possible denoiser, and what was published.

    They are accumulated errors, or where there is a test part means over its pictures, as the errors by
    epoch are. A limit of 0 is none.
    """
    summary, config = result.summary, result.config
    bayes, pca = summary.get("bayes_accumulated_error"), summary.get("pca_accumulated_error")
    found: dict[str, float | None] = {
        "best possible denoiser": bayes,
        f"PCA of size {result.model.latent_size}": pca if bayes is None else None,
    }
    pictures = len(result.data.judged) if result.data.test else 1
    values = {name: value / pictures for name, value in found.items() if value is not None}
    if config.published:
        values[PUBLISHED] = config.published.error
    return {name: value for name, value in values.items() if value > 0}
