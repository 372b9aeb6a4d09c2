"""The information that codes carry, against sampling."""

import numpy as np

from latent.codes import ACTIVE_FROM, Codes

RANDOM = np.random.default_rng(0)


def test_kl_equals_monte_carlo():
    mean, log_variance = np.array([[0.7, 0.0]]), np.array([[-0.9, 0.0]])
    codes = mean + np.exp(log_variance / 2) * RANDOM.standard_normal((400_000, 2))
    log_ratio = (codes**2 - (codes - mean) ** 2 / np.exp(log_variance) - log_variance) / 2
    kl = Codes(mean, log_variance).dimension_kl
    np.testing.assert_allclose(kl, log_ratio.mean(axis=0), atol=5e-3)
    assert kl[1] == 0
    assert (kl >= ACTIVE_FROM).sum() == 1


def test_each_picture_has_its_own_kl_in_double_precision():
    means, log_variances = (RANDOM.normal(size=(50, 3)).astype(np.float32) for _ in range(2))
    codes = Codes(means, log_variances)
    assert codes.kl.shape == (50, 3)
    assert codes.kl.dtype == np.float64
    m, v = np.float64(means), np.float64(log_variances)
    np.testing.assert_allclose(codes.kl, (np.exp(v) + m**2 - 1 - v) / 2, rtol=1e-14)
    np.testing.assert_allclose(codes.dimension_kl, codes.kl.mean(axis=0))


def test_points_carry_no_nats():
    codes = Codes(RANDOM.normal(size=(4, 3)))
    assert codes.log_variances is None
    assert codes.kl.tolist() == [[0, 0, 0]] * 4
    assert codes.dimension_kl.tolist() == [0, 0, 0]
