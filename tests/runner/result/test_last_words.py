"""The last words of a run: what it learned, and the limit beside each number."""

from dataclasses import replace

import pytest

from runner.config.values import Published
from runner.result.advice import advice
from runner.result.last_words import last_words


def words(result):
    """The first line, and the others by what they tell."""
    first, *others = last_words(result)
    return first, {line.split("  ")[1]: line for line in others}


def published(result):
    figure = Published(error=17.68, source="the slides")
    return replace(result, config=result.config.model_copy(update={"published": figure}))


def beside(line):
    return line.split("(", 1)[1].rstrip(")")


def test_a_font_tells_what_was_learned_and_the_linear_limit(default_result):
    first, lines = words(default_result)
    assert first.startswith("[35, 12, 2, 12, 35] learned font2 with adam: 400 epochs in ")
    assert list(lines) == [
        "characters learned",
        "bits a latent number",
        "accumulated error",
        "legible drawings",
        "restarts that learned all",
    ]
    summary = default_result.summary
    assert f"{summary['characters_learned']} of 8" in lines["characters learned"]
    assert f"PCA of size 2: {summary['pca_accumulated_error']:.4g}" in lines["accumulated error"]
    assert f"{summary['accumulated_error']:.4g}" in lines["accumulated error"]
    assert f"{summary['legibility']:.0%}   (of 2,500 across the latent space)" in lines["legible drawings"]
    bits = summary["bits_per_latent_number"]
    assert lines["bits a latent number"].split()[4] == str(bits)
    assert beside(lines["bits a latent number"]) == f"{2 * bits} in all; 8 characters are told apart by 3"
    kept = f"seed {default_result.best.seed} is kept"
    assert beside(lines["restarts that learned all"]) == kept


def test_a_denoiser_tells_the_error_on_new_noise_and_the_best_possible_one(denoising_result):
    _, lines = words(denoising_result)
    summary = denoising_result.summary
    assert f"{summary['test_accumulated_error']:.4g}" in lines["error on new noise"]
    limit = (
        f"the best possible denoiser: {summary['bayes_accumulated_error']:.4g}"
        f" ± {summary['bayes_standard_error']:.1g}"
        f"; on the same noise {summary['test_excess_error']:.3g} above"
    )
    assert beside(lines["error on new noise"]) == limit
    assert list(lines)[:4] == [
        "bits a latent number",
        "error on new noise",
        "wrong pixels on new noise",
        "error on the noise it met",
    ]
    assert f"{summary['test_mean_wrong_pixels']:.4g}" in lines["wrong pixels on new noise"]
    assert f"{summary['accumulated_error']:.4g}" in lines["error on the noise it met"]
    assert "restarts that learned all" not in lines


def test_noise_that_it_was_not_trained_on_is_named(denoising_result):
    keys = {"test_noise": "masking", "test_noise_probability": 0.4}
    _, lines = words(replace(denoising_result, config=denoising_result.config.model_copy(update=keys)))
    said = "(masking, p = 0.4; the best possible denoiser: "
    assert said in lines["error on other noise"]
    assert "wrong pixels, other noise" in " ".join(lines.values())


def test_images_name_the_bound_and_its_parts(image_result):
    first, lines = words(image_result)
    assert first.startswith("[30, 16, 2, 16, 30] learned three.npz (read from ")
    assert list(lines)[:4] == [
        "error of a test image",
        "−ELBO of the test set",
        "15-NN accuracy",
        "legible drawings",
    ]
    summary = image_result.summary
    assert f"{summary['mean_error']:.4g}" in lines["error of a test image"]
    assert f"PCA of size 2: {summary['pca_accumulated_error'] / 310:.4g}" in lines["error of a test image"]
    parts = f"reconstruction {summary['test_reconstruction']:.2f} + KL {summary['test_kl']:.2f}"
    assert beside(lines["−ELBO of the test set"]) == f"nats; {parts}"
    assert f"PCA of size 2: {summary['pca_knn_accuracy']:.4f}" in lines["15-NN accuracy"]


def test_a_vae_of_letters_names_what_it_learned_and_its_own_nats(letter_vae_result):
    _, lines = words(letter_vae_result)
    names = list(lines)[:4]
    assert names == [
        "characters learned",
        "accumulated error",
        "−ELBO of the characters",
        "legible drawings",
    ]
    assert "at the quantiles 0.05…0.95 of the prior" in lines["legible drawings"]


def test_denoised_images_tell_the_error_of_one_picture(denoised_images_result):
    _, lines = words(denoised_images_result)
    assert f"{denoised_images_result.summary['test_mean_error']:.4g}" in lines["error on new noise"]
    assert "(" not in lines["error on new noise"]


def test_restarts_of_grey_pictures_are_counted(grey_result):
    _, lines = words(grey_result)
    assert lines["restarts"].split()[1] == "2"
    assert beside(lines["restarts"]) == f"seed {grey_result.best.seed} is kept"


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("default_result", "accumulated error"),
        ("denoising_result", "error on the noise it met"),
        ("image_result", "15-NN accuracy"),
        ("letter_vae_result", "−ELBO of the characters"),
    ],
)
def test_what_was_published_stands_beside_the_last_figure(request, name, row):
    _, plain = words(request.getfixturevalue(name))
    _, lines = words(published(request.getfixturevalue(name)))
    # Within the brackets, if there are any.
    beside_it = plain[row][:-1] + "; " if plain[row].endswith(")") else plain[row] + "   ("
    assert lines[row] == f"{beside_it}published: 17.68, the slides)"
    assert [line for other, line in lines.items() if other != row] == [
        line for other, line in plain.items() if other != row
    ]


def test_what_there_is_to_say_stands_below_the_numbers(default_result):
    candidates = [replace(each, diverged=True) for each in default_result.training.candidates]
    gone = replace(default_result, training=replace(default_result.training, candidates=candidates))
    told = advice(gone)[0]
    assert last_words(gone)[-2:] == [f"  {told.what}", f"  {told.remedy}"]
    one_left = replace(
        default_result,
        training=replace(default_result.training, candidates=[*candidates[1:], default_result.best]),
    )
    assert not one_left.diverged


def test_numbers_line_up_and_every_result_has_last_words(any_result):
    _, *lines = last_words(any_result)
    assert {line[:2] for line in lines} == {"  "}
    assert len({line.index("   (") for line in lines if "   (" in line}) == 1
    assert not any("None" in line or "nan" in line for line in lines)


def test_the_parts_of_the_elbo_are_told_where_they_are_asked_for(exact_result):
    _, lines = words(exact_result)
    summary = exact_result.summary
    line = lines["−log p(x)"]
    assert f"{-summary['log_likelihood']:.2f}" in line
    assert f"the encoder misplaces {summary['amortization_gap']:.2f}" in line
    assert f"a normal posterior costs {summary['approximation_gap']:.2f}" in line
    assert lines["−ELBO, codes repaired"].endswith(f"{summary['repaired_negative_elbo']:.2f}   (nats)")


def test_a_bound_names_its_draws_and_what_half_of_them_give(bounded_result):
    _, lines = words(bounded_result)
    summary, line = bounded_result.summary, lines["−log p(x) is at most"]
    assert f"{-summary['log_likelihood_bound']:.2f}   (nats; 256 draws of each, " in line
    assert f"{summary['bound_gain']:.2f} more with half of them)" in line
