"""What a run says at its end: what was trained, what it learned, and the limits beside it."""

from typing import Any

from latent.codes import ACTIVE_FROM
from runner.result.result import Result

Row = tuple[str, str, str]


def last_words(result: Result) -> list[str]:
    """The lines for the terminal and the log."""
    rows = [*_learned(result), *_error(result), *_new_noise(result), *_nats(result), *_neighbours(result)]
    rows = [*_with_published(result, rows), *_legible(result), *_restarts(result)]
    lines = [headline(result), *map(_line, rows)]
    return [*lines, *_collapsed(result), *_diverged(result)]


def _line(row: Row) -> str:
    name, value, beside = row
    return f"  {name:25} {value:>10}" + (f"   ({beside})" if beside else "")


def headline(result: Result) -> str:
    """What was trained on what, how, and for how long."""
    config, data, summary = result.config, result.data, result.summary
    source = f" ({data.source})" if data.source else ""
    return (
        f"{result.model.sizes} learned {data.title}{source} with {config.minimizer}:"
        f" {summary['epochs_run']} epochs in {summary['training_seconds']:.1f} s"
    )


def _learned(result: Result) -> list[Row]:
    if result.wrong is None:
        return []
    summary, nouns = result.summary, f"{result.data.noun}s"
    wrong = summary["total_wrong_pixels"]
    learned = f"{summary[f'{nouns}_learned']} of {summary[nouns]}"
    return [(f"{result.data.part}{nouns} learned", learned, f"{wrong} wrong pixel{'s' * (wrong != 1)}")]


def _error(result: Result) -> list[Row]:
    """Of few pictures the accumulated error, of many that of one picture."""
    summary, data = result.summary, result.data
    pca, error = summary.get("pca_accumulated_error"), summary["accumulated_error"]
    name, pictures = "accumulated error", 1
    if not data.is_few:
        name, pictures = f"error of a {data.part}{data.noun}", len(data.judged)
    limit = "" if pca is None else f"PCA of size {result.model.latent_size}: {pca / pictures:.4g}"
    return [(name, f"{error / pictures:.4g}", limit)]


def _new_noise(result: Result) -> list[Row]:
    summary, data = result.summary, result.data
    if result.test is None:
        return []
    limit = summary.get("bayes_accumulated_error")
    beside = "" if limit is None else f"the best possible denoiser: {limit:.4g}"
    error = summary["test_accumulated_error" if data.is_few else "test_mean_error"]
    return [("error on new noise", f"{error:.4g}", beside)]


def _nats(result: Result) -> list[Row]:
    summary, part = result.summary, "test_" if result.data.test else ""
    if f"{part}negative_elbo" not in summary:
        return []
    parts = f"reconstruction {summary[f'{part}reconstruction']:.2f} + KL {summary[f'{part}kl']:.2f}"
    whole = f"the {result.data.part}set" if result.data.test else f"the {result.data.noun}s"
    return [(f"−ELBO of {whole}", f"{summary[f'{part}negative_elbo']:.2f}", f"nats; {parts}")]


def _neighbours(result: Result) -> list[Row]:
    summary = result.summary
    if "knn_accuracy" not in summary:
        return []
    pca = f"PCA of size {result.model.latent_size}: {summary['pca_knn_accuracy']:.4f}"
    return [("15-NN accuracy", f"{summary['knn_accuracy']:.4f}", pca)]


def _legible(result: Result) -> list[Row]:
    legibility: Any = result.summary.get("legibility")
    if legibility is None:
        return []
    return [("legible drawings", f"{legibility:.0%}", f"of 2,500 {result.region.words}")]


def _with_published(result: Result, rows: list[Row]) -> list[Row]:
    """The figure that was published, beside the last of the rows."""
    published = result.config.published
    if published is None:
        return rows
    *others, (name, value, beside) = rows
    beside = "; ".join(filter(None, [beside, f"published: {published.error:.4g}, {published.source}"]))
    return [*others, (name, value, beside)]


def _restarts(result: Result) -> list[Row]:
    summary = result.summary
    if summary["restarts"] == 1:
        return []
    kept = f"seed {result.best.seed} is kept"
    if "restarts_learned_all" not in summary:
        return [("restarts", str(summary["restarts"]), kept)]
    learned = f"{summary['restarts_learned_all']} of {summary['restarts']}"
    return [("restarts that learned all", learned, kept)]


def _collapsed(result: Result) -> list[str]:
    if result.codes.log_variances is None:
        return []
    names = [f"z{i + 1}" for i, kl in enumerate(result.codes.dimension_kl) if kl < ACTIVE_FROM]
    if not names:
        return []
    return [
        f"  Collapsed: {', '.join(names)} tells the decoder nothing.",
        "  Try a smaller beta or a longer kl_warmup_epochs.",
    ]


def _diverged(result: Result) -> list[str]:
    if not result.diverged:
        return []
    return [
        "  The training diverged; this is the last network of finite numbers.",
        "  Write a smaller learning_rate.",
    ]
