"""The plane of a latent space: its own two numbers, or the first two principal components."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from latent.plane import Plane

coordinates = st.floats(-50, 50, allow_nan=False, width=32)


def test_two_coordinates_are_drawn_as_they_are_and_one_at_height_zero():
    codes = np.array([[1.0, -2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(Plane.of(codes).project(codes), codes)
    line = np.array([[1.0], [5.0]])
    assert Plane.of(line).project(line).tolist() == [[1, 0], [5, 0]]


@given(arrays(float, (7, 4), elements=coordinates))
def test_projection_and_lift_are_inverse_on_the_plane(codes):
    plane = Plane.of(codes)
    points = plane.project(codes)
    np.testing.assert_allclose(plane.project(plane.lift(points)), points, atol=1e-9)


def test_more_than_two_coordinates_are_drawn_by_their_principal_components():
    random = np.random.default_rng(0)
    codes = random.standard_normal((200, 3)) * [0.1, 5.0, 1.0]
    points = Plane.of(codes).project(codes)
    assert points.var(axis=0) == pytest.approx(
        np.sort(np.linalg.eigvalsh(np.cov(codes.T, bias=True)))[:0:-1]
    )
    assert abs(np.corrcoef(points[:, 0], codes[:, 1])[0, 1]) > 0.999
    np.testing.assert_allclose(points, Plane.of(codes.copy()).project(codes))


@pytest.mark.parametrize(
    ("latent", "labels"),
    [
        (1, ("z1", "")),
        (2, ("z1", "z2")),
        (3, ("first principal component of the codes", "second principal component")),
    ],
)
def test_the_axes_are_called_by_what_they_are(latent, labels):
    assert Plane.of(np.random.default_rng(0).normal(size=(9, latent))).labels == labels


def test_the_plane_of_very_many_codes_takes_no_more_memory_than_they_do():
    codes = np.random.default_rng(0).normal(size=(50_000, 16))
    tracemalloc.start()
    Plane.of(codes)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * codes.nbytes
