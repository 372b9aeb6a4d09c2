"""The variational autoencoder of Kingma & Welling (2014): its compiled steps.

The encoder gives the mean and the logarithm of the variance of a normal distribution for each image,
the decoder the logits of Bernoulli pixels; grey levels in 0…1 are the targets. Losses are in nats.
Import it after `tensorflow_setup.load_tensorflow`.
"""

from collections.abc import Iterator
from time import perf_counter

import keras
import numpy as np
import tensorflow as tf

from training.streams import Stream, generator
from training.watch import State, joined, part_of
from vae.expectation import Expectation
from vae.networks import Networks, cross_entropy
from vae.plan import BLOCK, Plan
from vae.trained import TrainedVae

# A call into TensorFlow cannot be interrupted, so it should not take longer.
SECONDS_PER_CALL = 0.5
LARGEST_RATE = float(np.finfo(np.float32).max)  # Keras computes in single precision
OPTIMIZERS = {
    "adam": lambda rate, epsilon: keras.optimizers.Adam(rate, epsilon=epsilon),
    "rmsprop": lambda rate, epsilon: keras.optimizers.RMSprop(rate, epsilon=epsilon),
    "momentum": lambda rate, _: keras.optimizers.SGD(rate, momentum=0.9),
    "gradient_descent": lambda rate, _: keras.optimizers.SGD(rate),
}


def standard_normal(seed: int | tf.Tensor, step: tf.Tensor, shape: tuple[int, int]) -> tf.Tensor:
    """The noise of one training step; it depends on `(seed, step)` and on nothing else.

    XLA draws other numbers than TensorFlow outside of it, but always the same ones.
    """
    key = tf.stack([tf.cast(seed, tf.int64), tf.cast(step, tf.int64)])
    return tf.random.stateless_normal(shape, key)


def grey_levels(images: tf.Tensor) -> tf.Tensor:
    """Pixels as float32 in 0…1: bytes are divided by 255, floats are taken as they are."""
    return tf.cast(images, tf.float32) / (255 if images.dtype == tf.uint8 else 1)


class Trainer:
    """Networks, optimizer and images on the device; XLA takes half a second of steps in one call.

    Images that come as bytes stay bytes on the device, and a batch becomes floats when it is gathered:
    that costs no time that could be measured, and a quarter of the memory.
    """

    def __init__(self, plan: Plan, train_pixels: np.ndarray):
        """Take images `(n, pixels)`, bytes or floats in 0…1."""
        self._plan = plan
        self._examples = len(train_pixels)
        self._batch = min(plan.batch_size or self._examples, self._examples)
        self.steps = -(-self._examples // self._batch)
        self.networks = Networks.build(plan)
        self.optimizer = OPTIMIZERS[plan.minimizer](self._learning_rate(), plan.epsilon)
        # Built now, because a compiled function cannot make variables.
        self.optimizer.build(self.networks.variables)
        self._pixels, self._images = train_pixels, tf.constant(train_pixels)
        self._steps_per_call = 1
        # The steps taken in this epoch, and the summed reconstruction and KL of their images.
        self._step, self._sums = 0, np.zeros(2)
        # Where the decoder learns in this epoch `(n, latent)`, if not at codes of the encoder.
        self._codes: np.ndarray | None = None

    def _learning_rate(self):
        """Constant, or falling to zero on half a cosine, step by step (Loshchilov & Hutter 2017)."""
        rate = min(self._plan.learning_rate, LARGEST_RATE)
        if self._plan.learning_rate_schedule == "constant":
            return rate
        steps = self.steps * self._plan.epochs
        return keras.optimizers.schedules.CosineDecay(rate, steps)

    def compile(self) -> None:
        """Compile the training, by a call of no steps."""
        zero = tf.constant(0, tf.int64), tf.constant([0, 0]), tf.constant(self._sums), tf.constant(0.0)
        nothing = np.zeros((self._examples, self._plan.latent_layer_neurons), np.float32)
        for exact in {self._plan.is_exact(epoch) for epoch in (0, self._plan.epochs - 1)}:
            self._train(self._order(0), *zero, tf.constant(nothing) if exact else None)

    def epoch(self, epoch: int, beta: float) -> Iterator[None]:
        """Take the steps of an epoch that are left, and stop for a moment every half a second.

        The steps do not depend on where it stopped.
        """
        if self._plan.is_exact(epoch) and self._codes is None:
            yield from self._draw_codes(epoch)
        order, first = self._order(epoch), tf.constant(epoch * self.steps, tf.int64)
        codes = None if self._codes is None else tf.constant(self._codes)
        beta = tf.constant(beta, tf.float32)
        while self._step < self.steps:
            start = perf_counter()
            begin, end = self._step, min(self._step + self._steps_per_call, self.steps)
            steps, sums = tf.constant([begin, end]), tf.constant(self._sums)
            self._step, self._sums = end, self._train(order, first, steps, sums, beta, codes).numpy()
            steps_a_second = (end - begin) / (perf_counter() - start)
            self._steps_per_call = max(1, int(steps_a_second * SECONDS_PER_CALL))
            yield

    def end_epoch(self) -> tuple[float, float]:
        """The mean reconstruction and KL that were met in the epoch; from here on comes the next one."""
        reconstruction, kl = (self._sums / self._examples).tolist()
        self._step, self._sums, self._codes = 0, np.zeros(2), None
        return reconstruction, kl

    def state(self) -> State:
        """All that the next steps depend on."""
        optimizer = {variable.name: variable.numpy() for variable in self.optimizer.variables}
        parts = joined(weights=self.networks.weights(), optimizer=optimizer)
        codes = {} if self._codes is None else {"codes": self._codes}
        return {"step": np.array(self._step), "sums": self._sums, **codes, **parts}

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        self._step, self._sums, self._steps_per_call = int(state["step"]), state["sums"], 1
        self._codes = state.get("codes")
        self.networks.assign(part_of(state, "weights"))
        optimizer = part_of(state, "optimizer")
        for variable in self.optimizer.variables:
            variable.assign(optimizer[variable.name])

    def _draw_codes(self, epoch: int) -> Iterator[None]:
        """Draw the codes of an epoch from the posterior of the decoder as it is now, a moment at a time."""
        expectation = Expectation(TrainedVae(self._plan, self.networks.weights()))
        random = generator(self._plan.seed, Stream.POSTERIOR, epoch)
        drawn = []
        for start in range(0, self._examples, BLOCK):
            drawn.append(expectation.draw(self._pixels[start : start + BLOCK], random))
            yield
        self._codes = np.concatenate(drawn)

    def _order(self, epoch: int) -> tf.Tensor:
        """The shuffled rows of an epoch `(steps, batch)`; the last batch is filled up with row 0."""
        rows = np.zeros(self.steps * self._batch, np.int32)
        shuffle = generator(self._plan.seed, Stream.BATCHES, epoch).permutation
        rows[: self._examples] = shuffle(self._examples)
        return tf.constant(rows.reshape(self.steps, self._batch))

    # Loops are written out with tf.while_loop: AutoGraph, which would make them of Python's, does not
    # work on every Python that TensorFlow runs on.
    @tf.function(jit_compile=True, autograph=False)
    def _train(self, order, first, steps, sums, beta, codes):
        """The `steps` `[begin, end]` of the epoch whose global step 0 is `first`; returns the sums.

        To `sums` are added the losses of the images, reconstruction and KL `(2,)`.
        """

        def train_batch(step, sums):
            images = grey_levels(tf.gather(self._images, order[step]))
            # What the last batch was filled up with has no weight.
            present = tf.cast(step * self._batch + tf.range(self._batch) < self._examples, tf.float32)
            shape = self._batch, self._plan.latent_layer_neurons
            noise = standard_normal(self._plan.seed, first + tf.cast(step, tf.int64), shape)
            drawn = None if codes is None else tf.gather(codes, order[step])
            losses = self.step(images, present, noise, beta, drawn)
            return step + 1, sums + tf.cast(tf.stack(losses), tf.float64)

        return tf.while_loop(lambda step, _: step < steps[1], train_batch, (steps[0], sums))[1]

    def step(self, images, present, noise, beta, codes=None):
        """One step on `images` `(batch, pixels)`, weighted by `present` `(batch,)`; the summed losses.

        With `codes` `(batch, latent)` the encoder alone follows −ELBO, and the decoder learns to draw from
        these.
        """
        encoder, decoder = (
            [variable.value for variable in model.trainable_variables]
            for model in (self.networks.encoder, self.networks.decoder)
        )
        with tf.GradientTape(persistent=codes is not None) as tape:
            losses = self.networks.losses(images, noise)
            reconstruction, kl = (tf.reduce_sum(present * loss) for loss in losses)
            loss = (reconstruction + beta * kl) / tf.reduce_sum(present)
            if codes is not None:
                drawn = present * cross_entropy(self.networks.decoder(codes), images)
                drawn = tf.reduce_sum(drawn) / tf.reduce_sum(present)
        if codes is None:
            gradients = tape.gradient(loss, encoder + decoder)
        else:
            gradients = tape.gradient(loss, encoder) + tape.gradient(drawn, decoder)
        self.optimizer.apply(gradients, self.networks.variables)
        return reconstruction, kl


class Trial:
    """Images that networks are tried on, each with one draw of noise that is always the same."""

    def __init__(self, networks: Networks, plan: Plan, pixels: np.ndarray, beta: float = 1.0):
        """Take images `(n, pixels)`, bytes or floats in 0…1, and the weight of the KL term."""
        self._networks, self._beta = networks, beta
        self._at_once = plan.images_at_once
        self._images = tf.constant(pixels)
        shape = len(pixels), plan.latent_layer_neurons
        noise = generator(plan.seed, Stream.VALIDATION).standard_normal(shape, np.float32)
        self._noise = tf.constant(noise)

    def loss(self) -> float:
        """The mean over the images of reconstruction + beta · KL."""
        return float(self.sum()) / len(self._images)

    @tf.function(jit_compile=True, autograph=False)
    def sum(self) -> tf.Tensor:
        """The same, summed, block by block."""
        count, at_once = len(self._images), self._at_once

        def try_block(block, total):
            rows = block * at_once + tf.range(min(at_once, count))
            present = tf.cast(rows < count, tf.float32)
            rows = tf.minimum(rows, count - 1)
            images = grey_levels(tf.gather(self._images, rows))
            reconstruction, kl = self._networks.losses(images, tf.gather(self._noise, rows))
            losses = present * (reconstruction + self._beta * kl)
            return block + 1, total + tf.cast(tf.reduce_sum(losses), tf.float64)

        # Blocks are counted one by one: of a loop from 0 to 1 in steps of 500, XLA makes none at all.
        blocks, state = -(-count // at_once), (tf.constant(0), tf.zeros((), tf.float64))
        return tf.while_loop(lambda block, total: block < blocks, try_block, state)[1]
