"""The objective in one fused pass: forward and backward written out, into arrays that are made once.

Inside, arrays are `(restarts, units, examples)`: a layer is then one matrix product per restart, and the
row of ones behind the units of a layer feeds the biases of the next. The tests hold both passes against
autograd's tape.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from itertools import accumulate

import numpy as np

from autoencoder.latent_noise import NoisyCodes
from autoencoder.network import Network
from autoencoder.objective.face import Evaluation, Measures, grey_levels
from autoencoder.objective.fused_losses import FusedLoss
from training import in_place
from training.activations import ACTIVATIONS
from training.in_place import constant


class FusedObjective:
    """The losses of networks on a set of examples, and their gradients."""

    def __init__(
        self,
        network: Network,
        loss: type[FusedLoss],
        parameters: np.ndarray,
        examples: int,
        mean_over: int,
        gradient: np.ndarray | None = None,
    ):
        """Allocate every array, for so many examples; losses are means over `mean_over` examples.

        `parameters` `(restarts, parameters)` is the array that whoever minimizes changes in place: asked
        for that one, the objective copies nothing. Gradients go to `gradient`, if there is one.
        """
        self._network, self._restarts = network, len(parameters)
        self._parameters, self._only_parameters = parameters, parameters[0]
        self._gradient = np.empty_like(parameters) if gradient is None else gradient
        sizes, dtype = network.sizes, parameters.dtype
        # The inputs of every layer with the row of ones; those of the first are the same in all restarts.
        self._inputs = [
            np.ones((self._restarts if index else 1, units + network.bias, examples), dtype)
            for index, units in enumerate(sizes[:-1])
        ]
        self._sums = self._matrix(np.empty((self._restarts, sizes[-1], examples), dtype))
        # One for all layers: it stays in the processor's cache.
        self._scratch = np.empty(self._restarts * max(sizes) * examples, dtype)
        # A layer's gradient is needed until that of the layer below is known: two places hold all in turn.
        self._deltas = np.empty((2, self._restarts * max(sizes[1:-1]) * examples), dtype)
        self._loss = loss(self._scratch_like(self._sums), network.beta, mean_over)
        self._latent_noise: np.ndarray | None = None  # `(latent, examples)`
        self._plan_passes()
        self._knows_outputs = False  # of the parameters that it holds
        sizes_of_layers = map(np.size, network.unpack(parameters[0]))
        self._last_parameters = list(accumulate(sizes_of_layers, initial=-1))[1:]

    def load(self, inputs, targets=None, latent_noise=None) -> None:
        """Take other examples, as the face has it."""
        columns = self._inputs[0][0, : self._network.sizes[0]]
        columns[...] = grey_levels(inputs, columns.dtype).T
        if targets is None:
            self._loss.load(columns)
        else:
            self._loss.load(np.ascontiguousarray(grey_levels(targets, columns.dtype).T))
        self._load_latent_noise(latent_noise)
        self._knows_outputs = False

    def _load_latent_noise(self, latent_noise) -> None:
        if latent_noise is not None and self._latent_noise is None:
            self._latent_noise = np.empty(latent_noise.T.shape, self._sums.dtype)
            self._plan_passes()
        if self._latent_noise is not None:
            self._latent_noise[...] = 0 if latent_noise is None else latent_noise.T

    def losses(self, parameters) -> np.ndarray:
        """`(restarts,)` of `parameters` `(restarts, parameters)`."""
        self._run_forward(self._first_changed_layer(parameters), parameters)
        return self._loss.losses(self._sums)

    def measure(self, parameters) -> Measures:
        """Losses and errors, `(restarts,)` each."""
        self._run_forward(0, parameters)
        return Measures(*self._loss.measure(self._sums))

    def evaluate(self, parameters) -> Evaluation:
        """Losses and errors, and the gradient `(restarts, parameters)` of the losses."""
        self._run_forward(0, parameters)
        losses, errors = self._loss.evaluate(self._sums)
        for delta, delta_times, inputs, gradient, down in self._backward:
            delta_times(inputs, gradient)
            if down:
                weights_times, delta_below, outputs_below, chain = down
                weights_times(delta, delta_below)
                chain(delta_below, outputs_below)
        return Evaluation(losses, errors, self._gradient)

    def _run_forward(self, first: int, parameters) -> None:
        """From the inputs of layer `first` to the sums of the last one."""
        if parameters is not self._parameters:
            self._parameters[...] = parameters
        layers = self._forward[first:] if first else self._forward
        for weights_times, inputs, sums, apply, outputs in layers:
            weights_times(inputs, sums)
            if apply:
                apply(sums, outputs)
        self._knows_outputs = True

    def _first_changed_layer(self, parameters) -> int:
        """The first layer whose output can differ from the last time, 0 if that is not known.

        Powell's method moves along one weight at a time, so most of a network needs no second look: on
        [35, 20, 10, 20, 35] that saves a third of the time.
        """
        if not self._knows_outputs or self._restarts > 1 or parameters is self._parameters:
            return 0
        first = (parameters.ravel() != self._only_parameters).argmax()
        return bisect_left(self._last_parameters, first.item())

    def _plan_passes(self) -> None:
        """Collect what each layer multiplies and where to, in the forward and in the backward pass."""
        all_weights = self._network.unpack(self._parameters)
        gradients = self._network.unpack(self._gradient)
        self._forward: list[tuple] = []
        self._backward: list[tuple] = []
        down: tuple | None = None
        for index, layer in enumerate(self._network.layers):
            weights, inputs = self._matrix(all_weights[index]), self._matrix(self._inputs[index])
            sums, outputs, delta, activation = self._outputs_of(index)
            apply = None if sums is outputs else activation.apply
            self._forward.append((self._sums_of(weights), inputs, sums, apply, outputs))
            if down:  # Nothing below feeds the biases.
                down = self._times_back(weights[..., : layer.inputs]), *down
            gradient = self._matrix(gradients[index])
            self._backward.append((delta, _times(delta), inputs.swapaxes(-1, -2), gradient, down))
            down = delta, outputs, activation.chain
        self._backward.reverse()

    def _outputs_of(self, index: int):
        """Where a layer's sums go and its outputs, the loss's gradient for these, and the activation."""
        layers = self._network.layers
        if index == len(layers) - 1:  # The loss takes sums.
            return self._sums, self._sums, self._loss.delta, in_place.Linear(self._scratch, 1.0)
        outputs = self._matrix(self._inputs[index + 1][:, : layers[index].outputs])
        delta = self._deltas[index % 2, : outputs.size].reshape(outputs.shape)
        name, scratch = layers[index].activation, self._scratch_like(outputs)
        twin = ACTIVATIONS[name].in_place
        assert twin, f"{name} has no twin"
        activation = twin(scratch, self._network.beta)
        if self._latent_noise is not None and index == self._network.encoder_depth - 1:
            return scratch, outputs, delta, NoisyCodes(activation, outputs, self._latent_noise)
        sums = outputs if name == "linear" else scratch  # What stays as it is needs no other place.
        return sums, outputs, delta, activation

    def _sums_of(self, weights) -> Callable:
        """What writes the sums of a layer, given its inputs."""
        times, fixed_bias = _times(weights), constant(self._network.fixed_bias, weights.dtype)
        if not fixed_bias:
            return times

        def times_and_more(inputs, sums):
            times(inputs, sums)
            np.add(sums, fixed_bias, sums)

        return times_and_more

    def _times_back(self, weights) -> Callable:
        """What takes a gradient back through the weights of a layer."""
        return _times(weights.swapaxes(-1, -2))

    def _matrix(self, stack):
        """A stack of a single matrix as that matrix.

        With the leading axis a step of one network takes 1.10 times as long, one of Powell's 1.26.
        """
        return stack if self._restarts > 1 else stack[0]

    def _scratch_like(self, values):
        return self._scratch[: values.size].reshape(values.shape)


class FusedPart(FusedObjective):
    """The objective of a part of a large batch."""

    def _times_back(self, weights) -> Callable:
        """What takes a gradient back through weights that are a part of a matrix.

        `dot` copies them, which takes a third of the time of a product with 100 examples. The product
        without a copy rounds in another way, so small sets do not have it.
        """
        return partial(np.matmul, weights.swapaxes(-1, -2))


def _times(matrices) -> Callable:
    """`times(others, products)`, which writes the products of `matrices` with others somewhere."""
    # This method takes two thirds of the time of numpy.matmul for small products, but knows no stacks.
    return matrices.dot if matrices.ndim == 2 else partial(np.matmul, matrices)
