"""Keras `fit` on the convolutional network, of Keras' own layers."""

from functools import partial

from keras import Input, Sequential
from keras.layers import Conv2D, Conv2DTranspose, Dense, Flatten, Reshape

from benchmarks.peers import vae_keras


class ConvolutionalVae(vae_keras.Vae):
    """A variational autoencoder whose hidden layers are maps of images of 28×28 pixels."""

    def __init__(self, networks):
        super().__init__({name: networks[name] for name in ("mean", "log_variance")})
        maps = [kernel.shape[3] for kernel, _ in networks["encoder"]]
        side, settings = 28 // 2 ** len(maps), {"kernel_size": 3, "strides": 2, "padding": "same"}
        inwards = [Conv2D(count, activation="relu", **settings) for count in maps]
        outwards = [Conv2DTranspose(count, activation="relu", **settings) for count in maps[-2::-1]]
        first = [Dense(side * side * maps[-1], "relu"), Reshape((side, side, maps[-1]))]
        layers = {
            "encoder": [Input((784,)), Reshape((28, 28, 1)), *inwards, Flatten()],
            "decoder": [Input((2,)), *first, *outwards],
            "output": [Input((14, 14, maps[0])), Conv2DTranspose(1, **settings), Flatten()],
        }
        for name, of_part in layers.items():
            self.parts[name] = Sequential(of_part)
            trained = [layer for layer in self.parts[name].layers if layer.weights]
            for layer, weights in zip(trained, networks[name], strict=True):
                layer.set_weights(weights)


prepare = partial(vae_keras.prepare, model=ConvolutionalVae)
