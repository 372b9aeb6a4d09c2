"""`forward.js` in a browser, held against the networks and the latent space of Python."""

import json

import numpy as np
import pytest

from autoencoder.network import Network
from latent.plane import Plane, nearest, points_between
from runner.page.html_page import own_script
from runner.page.packing import packed, packed_network, packed_plane


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after `forward.js`; `args` are the values."""
    browser.get("about:blank")

    def call(code: str, *values):
        return json.loads(
            browser.execute_async_script(
                "const args = [...arguments], done = args.pop();"
                f"{own_script('forward.js')}"
                f"(async () => {{ {code} }})().then((value) => done(JSON.stringify(value)))",
                *values,
            )
        )

    return call


@pytest.mark.parametrize("activation", ["linear", "logistic", "tanh", "silu", "relu"])
@pytest.mark.parametrize(("bias", "beta"), [(False, 1.0), (True, 0.3)])
def test_encoder_and_decoder_are_python_s(compute, activation, bias, beta):
    random = np.random.default_rng(0)
    network = Network.mirrored([12, 7, 3], (activation, activation, activation), bias=bias, beta=beta)
    parameters = random.standard_normal(network.parameter_count)
    layers = packed_network(network, parameters)
    script = (
        "const layers = await unpackLayers(args[0]);"
        "return args[1].map((values) => Array.from(forward(layers, values)))"
    )
    codes, pixels = random.uniform(-9, 9, (40, 3)), random.uniform(0, 1, (40, 12))
    for part, values, wanted in (
        (layers[2:], codes, network.decode(parameters, codes)),
        (layers[:2], pixels, network.encode(parameters, pixels)),
    ):
        np.testing.assert_allclose(compute(script, part, values.tolist()), wanted, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, np.uint8])
def test_arrays_arrive_as_they_were(compute, dtype):
    values = np.array([0, 1, 255, 2, 7], dtype)
    if dtype != np.uint8:
        values = np.concatenate([values, np.array([-1 / 3, 6e-8, -65504, 0.1, 1e-5], dtype)])
    assert compute("return Array.from(await unpack(args[0]))", packed(values)) == values.tolist()


def test_planes_neighbours_and_points_between_are_python_s(compute):
    random = np.random.default_rng(1)
    codes = random.standard_normal((9, 5))
    plane = Plane.of(codes)
    facts = packed_plane(plane, ("x", "y"))
    script = "return args[1].map((values) => {}(args[0], values))"
    places = plane.project(codes)
    projected = compute(script.format("project"), facts, codes.tolist())
    np.testing.assert_allclose(projected, places, atol=1e-12)
    lifted = compute(script.format("lift"), facts, places.tolist())
    np.testing.assert_allclose(lifted, plane.lift(places), atol=1e-12)
    between = compute("return withPointsBetween(...args)", codes[0].tolist(), codes[1].tolist())
    np.testing.assert_allclose(between[1:-1], points_between(codes[0], codes[1]), atol=1e-12)
    characters = random.integers(0, 2, (6, 8))
    characters[3] = characters[1]  # of two that are as near, the first
    pictures = random.uniform(0, 1, (30, 8))
    found = compute(
        "const pixels = Uint8Array.from(args[1]);return args[0].map((picture) => nearest(picture, pixels))",
        pictures.tolist(),
        characters.ravel().tolist(),
    )
    indices, distances = nearest(pictures, characters)
    assert [(one["index"], one["distance"]) for one in found] == list(
        zip(indices.tolist(), distances.tolist(), strict=True)
    )
