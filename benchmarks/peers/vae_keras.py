"""Keras `fit` on a model with a train step of its own, as the examples of Keras have it."""

from itertools import count

import keras
import tensorflow as tf

from benchmarks.peers.vae_problem import read_vae_problem


class Vae(keras.Model):
    """A variational autoencoder of dense layers."""

    def __init__(self, networks):
        super().__init__()
        self.parts = {}
        for name, layers in networks.items():
            activation = "relu" if name in ("encoder", "decoder") else "linear"
            dense = [keras.layers.Dense(kernel.shape[1], activation) for kernel, _ in layers]
            self.parts[name] = keras.Sequential([keras.Input(layers[0][0].shape[:1]), *dense])
            for layer, weights in zip(self.parts[name].layers, layers, strict=True):
                layer.set_weights(weights)
        self.loss_tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        """Reset at each epoch."""
        return [self.loss_tracker]

    def call(self, images):
        """The loss `()` of `images` `(batch, pixels)`."""
        hidden = self.parts["encoder"](images)
        mean, log_variance = self.parts["mean"](hidden), self.parts["log_variance"](hidden)
        codes = mean + tf.exp(0.5 * log_variance) * tf.random.normal(tf.shape(mean))
        logits = self.parts["output"](self.parts["decoder"](codes))
        cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=images, logits=logits)
        kl = 0.5 * tf.reduce_sum(mean**2 + tf.exp(log_variance) - 1 - log_variance, axis=1)
        return tf.reduce_mean(tf.reduce_sum(cross_entropy, axis=1) + kl)

    def train_step(self, images):
        """One step of Adam."""
        with tf.GradientTape() as tape:
            loss = self(images)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


def prepare(task, model=Vae):
    """Train an epoch, then the next; returns its mean loss."""
    problem = read_vae_problem(task)
    images, model = problem.grey_levels, model(problem.networks)
    model.compile(keras.optimizers.Adam(0.001), **task["compile"])

    epochs = count()

    def work():
        # The same order as in the other sides; `fit` would shuffle by itself otherwise.
        shuffled = images[problem.order(next(epochs)).ravel()]
        history = model.fit(shuffled, batch_size=problem.batch, epochs=1, shuffle=False, verbose=0)
        return [float(history.history["loss"][0])]

    return work
