"""What a run says at its end: what was trained, what it learned, and the limits beside it."""

from typing import Any

from runner.numbers import nats_text, number_text
from runner.result.advice import advice
from runner.result.result import Result
from runner.result.summary import Numbers

Row = tuple[str, str, str]


def last_words(result: Result) -> list[str]:
    """The lines for the terminal and the log."""
    errors = _error if result.noise is None else _denoised
    rows = [*_learned(result), *_bits(result), *errors(result), *_nats(result), *_neighbours(result)]
    rows = [*_with_published(result, rows), *_legible(result), *_restarts(result)]
    lines = [headline(result), *map(_line, rows)]
    return [*lines, *(f"  {sentence}" for told in advice(result) for sentence in (told.what, told.remedy))]


def _line(row: Row) -> str:
    name, value, beside = row
    return f"  {name:25} {value:>10}" + (f"   ({beside})" if beside else "")


def headline(result: Result) -> str:
    """What was trained on what, how, and for how long."""
    config, data, summary = result.config, result.data, result.summary
    source = f" ({data.source})" if data.source else ""
    epochs = summary["epochs_run"]
    return (
        f"{result.model.sizes} learned {data.title}{source} with {config.minimizer}:"
        f" {epochs} epoch{'s' * (epochs != 1)} in {summary['training_seconds']:.1f} s"
    )


def _learned(result: Result) -> list[Row]:
    """Nothing of a denoiser: whether it draws the noise of its training without a flaw says little."""
    if result.wrong is None or result.noise is not None:
        return []
    summary, nouns = result.summary, f"{result.data.noun}s"
    wrong = summary["total_wrong_pixels"]
    learned = f"{summary[f'{nouns}_learned']} of {summary[nouns]}"
    return [(f"{result.data.part}{nouns} learned", learned, f"{wrong} wrong pixel{'s' * (wrong != 1)}")]


def _bits(result: Result) -> list[Row]:
    """How few bits a latent number needs, beside the fewest that tell so many pictures apart."""
    bits = result.summary.get("bits_per_latent_number")
    if bits is None:
        return []
    count, whole = len(result.pixels), bits * result.model.latent_size
    least = f"{count} {result.data.noun}{'s' * (count != 1)} are told apart by {(count - 1).bit_length()}"
    return [("bits a latent number", str(bits), f"{whole} in all; {least}")]


def _error(result: Result) -> list[Row]:
    """Of few pictures the accumulated error, of many that of one picture."""
    summary, data = result.summary, result.data
    pca, error = summary.get("pca_accumulated_error"), summary["accumulated_error"]
    name, pictures = "accumulated error", 1
    if not data.is_few:
        name, pictures = f"error of a {data.part}{data.noun}", len(data.judged)
    limit = "" if pca is None else f"PCA of size {result.model.latent_size}: {number_text(pca / pictures)}"
    return [(name, number_text(error / pictures), limit)]


def _denoised(result: Result) -> list[Row]:
    """A denoiser is judged on noise that it has not seen; of many pictures by the error of one."""
    summary, data = result.summary, result.data
    error = summary["test_accumulated_error" if data.is_few else "test_mean_error"]
    noise = "other noise" if result.other_noise else "new noise"
    beside = "; ".join(filter(None, [result.other_noise, _best_denoiser(summary)]))
    rows = [(f"error on {noise}", number_text(error), beside)]
    if "test_mean_wrong_pixels" in summary:
        wrong = number_text(summary["test_mean_wrong_pixels"])
        named = "wrong pixels, other noise" if result.other_noise else "wrong pixels on new noise"
        rows.append((named, wrong, f"of {data.rows * data.columns}, a mean"))
    if data.test is None:
        rows.append(("error on the noise it met", number_text(summary["accumulated_error"]), ""))
    return rows


def _best_denoiser(summary: Numbers) -> str:
    """The limit with its standard error, and how far the network is above it on the same noise."""
    if "bayes_accumulated_error" not in summary:
        return ""
    limit, error = summary["bayes_accumulated_error"], summary["bayes_standard_error"]
    excess = (
        f"; on the same noise {summary['test_excess_error']:.3g} above"
        if "test_excess_error" in summary
        else ""
    )
    return f"the best possible denoiser: {number_text(limit)} ± {error:.1g}{excess}"


def _nats(result: Result) -> list[Row]:
    summary, part = result.summary, "test_" if result.data.test else ""
    if f"{part}negative_elbo" not in summary:
        return []
    drawn, kl = (nats_text(summary[f"{part}{name}"]) for name in ("reconstruction", "kl"))
    whole = f"the {result.data.part}set" if result.data.test else f"the {result.data.noun}s"
    rows = [
        (
            f"−ELBO of {whole}",
            nats_text(summary[f"{part}negative_elbo"]),
            f"nats; reconstruction {drawn} + KL {kl}",
        )
    ]
    if result.losses is not None:
        gaps = (summary[f"{part}{name}_gap"] for name in ("amortization", "approximation"))
        lost = "the encoder misplaces {}, a normal posterior costs {}".format(*map(nats_text, gaps))
        rows.append(("−log p(x)", nats_text(-summary[f"{part}log_likelihood"]), f"nats; {lost}"))
        repaired = nats_text(summary[f"{part}repaired_negative_elbo"])
        rows.append(("−ELBO, codes repaired", repaired, _repaired_neighbours(summary)))
    if result.bound is not None:
        gain, least = summary[f"{part}bound_gain"], summary[f"{part}log_likelihood_bound"]
        draws, more = summary["importance_draws"], nats_text(gain)
        said = f"nats; {draws} draws of each, {more} more with half of them"
        rows.append(("−log p(x) is at most", nats_text(-least), said))
    return rows


def _repaired_neighbours(summary: Numbers) -> str:
    """How well these codes tell classes, where there are any."""
    found = summary.get("repaired_knn_accuracy")
    return "nats" if found is None else f"nats; 15-NN accuracy {found:.4f}"


def _neighbours(result: Result) -> list[Row]:
    summary = result.summary
    if "knn_accuracy" not in summary:
        return []
    fewer = f"1-NN {summary['knn_1_accuracy']:.4f}, 5-NN {summary['knn_5_accuracy']:.4f}"
    pca = f"PCA of size {result.model.latent_size}: {summary['pca_knn_accuracy']:.4f}"
    return [("15-NN accuracy", f"{summary['knn_accuracy']:.4f}", f"{fewer}; {pca}")]


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
    beside = "; ".join(
        filter(None, [beside, f"published: {number_text(published.error)}, {published.source}"])
    )
    return [*others, (name, value, beside)]


def _restarts(result: Result) -> list[Row]:
    summary = result.summary
    if summary["restarts"] == 1:
        return []
    kept = f"seed {result.best.seed} is kept"
    if "restarts_learned_all" not in summary or result.noise is not None:
        return [("restarts", str(summary["restarts"]), kept)]
    learned = f"{summary['restarts_learned_all']} of {summary['restarts']}"
    return [("restarts that learned all", learned, kept)]
