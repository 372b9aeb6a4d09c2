"""Every kind of network has the face that results ask."""

import inspect

import numpy as np
import pytest

from runner.models.autoencoder import Autoencoder, AutoencoderTrainer
from runner.models.face import Model, Trainer, reconstruct
from runner.models.variational import VariationalAutoencoder, VariationalTrainer


def faces(kind):
    """The public names of a class with the arguments that each takes."""
    members = inspect.getmembers(kind, lambda member: callable(member) or isinstance(member, property))
    public = {name: member for name, member in members if not name.startswith("_")}
    return {
        name: list(inspect.signature(member).parameters) if callable(member) else None
        for name, member in public.items()
    }


@pytest.mark.parametrize(
    ("face", "kind"),
    [
        (Model, Autoencoder),
        (Model, VariationalAutoencoder),
        (Trainer, AutoencoderTrainer),
        (Trainer, VariationalTrainer),
    ],
)
def test_each_kind_answers_what_the_face_asks_with_the_same_arguments(face, kind):
    asked, answered = faces(face), faces(kind)
    assert asked
    assert set(asked) <= set(dir(kind))
    assert {name: answered.get(name) for name in asked} == asked


@pytest.mark.parametrize("name", ["default_result", "image_result", "letter_vae_result"])
def test_a_reconstruction_goes_through_the_means_of_the_codes(request, name):
    result = request.getfixturevalue(name)
    model = result.model
    pictures = reconstruct(model, result.data.judged.pixels)
    assert pictures.shape == result.pixels.shape
    np.testing.assert_array_equal(pictures, model.decode(model.encode(result.data.judged.pixels).means))
    assert ((pictures >= 0) & (pictures <= 1)).all()
