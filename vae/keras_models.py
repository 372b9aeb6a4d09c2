"""A trained variational autoencoder as two Keras models, for those who want to go on in Keras.

TensorFlow is imported by the first call, not with this module.
"""

from typing import TYPE_CHECKING

from vae.layers import KERNEL, STRIDE, Convolution, Dense, Layer
from vae.tensorflow_setup import load_tensorflow
from vae.trained import TrainedVae

if TYPE_CHECKING:
    import keras


def keras_models(trained: TrainedVae) -> "tuple[keras.Model, keras.Model]":
    """Encoder and decoder, of Keras' own layers and steps only, so that Keras alone saves and loads them.

    The encoder takes pixels `(n, pixels)` in 0…1 and gives means and log-variances `(n, latent)`, the
    decoder takes codes `(n, latent)` and gives pixels in 0…1. Where they are given classes, both take a
    second input, `(n, classes)` of 0 and one 1.
    """
    load_tensorflow()
    import keras

    from vae.networks import Networks

    networks = Networks.build(trained.plan, by_keras)
    networks.assign(trained.weights)
    codes, logits = networks.decoder.input, networks.decoder.output
    return networks.encoder, keras.Model(codes, keras.ops.sigmoid(logits), name="decoder")


def by_keras(
    layer: Layer, values: "keras.KerasTensor", initializer: "keras.Initializer"
) -> "keras.KerasTensor":
    """The sums `(n, numbers)` of a layer by a layer of Keras' own; convolutions have the examples first."""
    from keras import layers

    given = {"kernel_initializer": initializer, "name": layer.name}
    if isinstance(layer, Dense):
        return layers.Dense(layer.units, **given)(values)
    given |= {"kernel_size": KERNEL, "strides": STRIDE, "padding": "same"}
    if isinstance(layer, Convolution):
        of_keras = layers.Conv2D(layer.units, **given)
    else:
        # An even number of rows has one more than the mirror image of its half would have by itself.
        more = tuple(1 - size % STRIDE for size in layer.outputs[:2])
        of_keras = layers.Conv2DTranspose(layer.units, output_padding=more, **given)
    return layers.Flatten()(of_keras(layers.Reshape(layer.inputs)(values)))
