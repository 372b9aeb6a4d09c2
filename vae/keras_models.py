"""A trained variational autoencoder as two Keras models, for those who want to go on in Keras.

TensorFlow is imported by the first call, not with this module.
"""

from typing import TYPE_CHECKING

from vae.tensorflow_setup import load_tensorflow
from vae.trained import TrainedVae

if TYPE_CHECKING:
    import keras


def keras_models(trained: TrainedVae) -> "tuple[keras.Model, keras.Model]":
    """Encoder and decoder, of Keras' own layers and steps only, so that Keras alone saves and loads them.

    The encoder takes pixels `(n, pixels)` in 0…1 and gives means and log-variances `(n, latent)`, the
    decoder takes codes `(n, latent)` and gives pixels in 0…1.
    """
    load_tensorflow()
    import keras

    from vae.networks import Networks

    networks = Networks.build(trained.plan, trained.pixels)
    networks.assign(trained.weights)
    codes, logits = networks.decoder.input, networks.decoder.output
    return networks.encoder, keras.Model(codes, keras.ops.sigmoid(logits), name="decoder")
