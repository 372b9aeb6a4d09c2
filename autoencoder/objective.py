"""The training loss and its exact gradient in one fused pass over preallocated buffers.

The plain autoencoder under autograd costs some 20 microseconds for every node of the tape. Here a whole
batch of networks is one node: the forward and backward passes are written out, write into buffers
made once, and are registered with autograd, so that `autograd.grad` of anything built on
`training_loss` works. The tests hold both passes against autograd's own tape.

Inside, arrays are `(restarts, units, examples)`: a layer is then one matrix product per restart,
and the row of ones behind the units of a layer feeds the biases of the next.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

import numpy as np
from autograd.extend import defvjp, primitive

from autoencoder.losses import LOSSES
from autoencoder.network import Network
from training.activations import ACTIVATIONS


class Objective:
    """The loss of `restarts` networks on one set of examples, and its gradient.

    Far from zero an exponential overflows on the way to the right result: evaluate it under
    `numpy.errstate(over="ignore")`.
    """

    def __init__(self, network: Network, inputs, targets, *, loss, restarts=1, dtype=np.float64):
        """Take `inputs` and `targets`, both `(examples, pixels)`, and allocate every buffer."""
        self.network, self.restarts = network, restarts
        self.parameters = np.empty((restarts, network.parameter_count), dtype)
        self._only_parameters = self.parameters[0]
        self.gradient = np.empty_like(self.parameters)
        sizes, examples = network.sizes, len(inputs)
        # The inputs of every layer with the row of ones; those of the first are the same in all restarts.
        self._inputs = [
            np.ones((restarts if index else 1, units + network.bias, examples), dtype)
            for index, units in enumerate(sizes[:-1])
        ]
        self._logits = self._matrix(np.empty((restarts, sizes[-1], examples), dtype))
        # One for all layers: it stays in the processor's cache.
        self._scratch = np.empty(restarts * max(sizes) * examples, dtype)
        self._loss = LOSSES[loss](self._scratch_like(self._logits), network.beta)
        self._plan_passes()
        self._plan_units()
        self.load(inputs, targets)

    def _matrix(self, stack):
        """A stack of a single matrix as that matrix, which takes less time."""
        return stack if self.restarts > 1 else stack[0]

    def _scratch_like(self, values):
        return self._scratch[: values.size].reshape(values.shape)

    def _plan_passes(self) -> None:
        """Collect what each layer multiplies and where to, in the forward and in the backward pass."""
        all_weights = self.network.unpack(self.parameters)
        gradients = self.network.unpack(self.gradient)
        self._forward: list[tuple] = []
        self._backward: list[tuple] = []
        down: tuple | None = None
        for index, layer in enumerate(self.network.layers):
            weights, inputs = self._matrix(all_weights[index]), self._matrix(self._inputs[index])
            sums, outputs, delta, activation = self._outputs_of(index)
            self._forward.append((_times(weights), inputs, sums, outputs, activation))
            if down:  # Nothing below feeds the biases.
                down = _times(weights[..., : layer.inputs].swapaxes(-1, -2)), *down
            gradient = self._matrix(gradients[index])
            self._backward.append((delta, _times(delta), inputs.swapaxes(-1, -2), gradient, down))
            down = delta, outputs, activation.chain
        self._backward.reverse()

    def _plan_units(self) -> None:
        """Note the layer and the unit of each parameter; None if a unit alone would save nothing."""
        self._units: list[tuple[int, int | None]] = []
        sizes: list[int] = []
        for index, layer in enumerate(self.network.layers):
            is_linear = layer.activation == "linear"
            self._units += [(index, None if is_linear else unit) for unit in range(layer.outputs)]
            sizes += [layer.inputs + self.network.bias] * layer.outputs
        self._last_parameters = list(accumulate(sizes, initial=-1))[1:]

    def _outputs_of(self, index: int):
        """Where a layer's sums go and its outputs, the loss's gradient for these, and the activation."""
        layers = self.network.layers
        if index == len(layers) - 1:  # The loss takes logits.
            linear = ACTIVATIONS["linear"].in_place(self._scratch, 1.0)
            return self._logits, self._logits, self._loss.delta, linear
        outputs = self._matrix(self._inputs[index + 1][:, : layers[index].outputs])
        name, scratch = layers[index].activation, self._scratch_like(outputs)
        activation = ACTIVATIONS[name].in_place(scratch, self.network.beta)
        sums = outputs if name == "linear" else scratch  # What stays as it is needs no other place.
        return sums, outputs, np.empty_like(scratch), activation

    def load(self, inputs, targets) -> None:
        """Replace the examples by as many others, `(examples, pixels)` each."""
        self._inputs[0][0, : self.network.sizes[0]] = inputs.T
        self._loss.load(targets.T)
        self._is_evaluated = False

    def value(self, parameters) -> np.ndarray:
        """The loss `(restarts,)` at `parameters` `(restarts, parameters)`."""
        first, unit = self._first_change(parameters)
        self._is_evaluated = True
        if parameters is not self.parameters:
            self.parameters[...] = parameters
        if unit is not None:
            self._forward_one_unit(first, unit)
            first += 1
            if first == len(self._forward):
                return self._loss.value_of_new_pixel(self._logits, unit)
        for weights_times, inputs, sums, outputs, activation in self._forward[first:]:
            weights_times(inputs, sums)
            activation.apply(sums, outputs)
        return self._loss.value(self._logits)

    def _first_change(self, parameters) -> tuple[int, int | None]:
        """The first layer whose output can differ from the last evaluation's, and its only unit that can.

        Powell's method moves along one weight at a time, so most of a network needs no second look.
        """
        if not self._is_evaluated or self.restarts > 1 or parameters is self.parameters:
            return 0, None
        changed = (parameters.ravel() != self._only_parameters).nonzero()[0]
        if not changed.size:
            return 0, None
        layer, unit = self._units[bisect_left(self._last_parameters, changed.item(0))]
        return layer, unit if changed.size == 1 else None

    def _forward_one_unit(self, layer: int, unit: int) -> None:
        """Renew the output of one unit."""
        weights_times, inputs, _, outputs, activation = self._forward[layer]
        # The sums of all units, because a product with the weights of one would be rounded in another way.
        outputs[unit] = weights_times(inputs)[unit]
        activation.apply_to(outputs, unit)

    def squared_errors(self) -> np.ndarray:
        """The accumulated error `(restarts,)` of the examples, where `value` last was."""
        return self._loss.squared_errors()

    def gradient_here(self) -> np.ndarray:
        """The gradient `(restarts, parameters)` where `value` last was.

        The array is reused by the next call; `value` must have been called since the last one.
        """
        self._loss.to_gradient()
        self._is_evaluated = False  # The pixels' errors have become their gradient.
        for delta, delta_times, inputs, gradient, down in self._backward:
            delta_times(inputs, gradient)
            if down:
                weights_times, delta_below, outputs_below, chain = down
                weights_times(delta, delta_below)
                chain(delta_below, outputs_below)
        return self.gradient


def _times(matrices) -> Callable:
    """`times(others, products)`, which writes the products of `matrices` with others somewhere."""
    # This method takes two thirds of the time of numpy.matmul for small products, but knows no stacks.
    return matrices.dot if matrices.ndim == 2 else partial(np.matmul, matrices)


@dataclass(frozen=True)
class Problem:
    """What is to be learned: a network that maps `inputs` to `targets`, both `(examples, pixels)`.

    With `fresh_inputs` the inputs of an epoch are `fresh_inputs(epoch)` instead. Each character occurs
    in `copies` examples, and the accumulated error is a mean over these. Raises ValueError for the
    cross-entropy of targets other than 0 and 1.
    """

    network: Network
    inputs: np.ndarray
    targets: np.ndarray
    loss: str = "squared_error"
    precision: str = "float64"
    fresh_inputs: Callable[[int], np.ndarray] | None = None
    copies: int = 1

    def __post_init__(self):
        if self.loss == "cross_entropy" and not np.isin(self.targets, (0, 1)).all():
            raise ValueError("cross_entropy takes targets that are 0 or 1")

    def inputs_at(self, epoch: int) -> np.ndarray:
        """The inputs of an epoch."""
        return self.fresh_inputs(epoch) if self.fresh_inputs else self.inputs

    def objective(self, restarts: int, rows=slice(None)) -> Objective:
        """The loss of `restarts` networks on the examples, or on some `rows` of them."""
        return Objective(
            self.network,
            self.inputs[rows],
            self.targets[rows],
            loss=self.loss,
            restarts=restarts,
            dtype=np.dtype(self.precision),
        )


@primitive
def _loss_and_gradient(parameters, objective: Objective):
    """`(restarts, 1 + parameters)`: the loss in column 0, its gradient in the others."""
    with np.errstate(over="ignore"):
        losses = objective.value(parameters)
    return np.column_stack([losses, objective.gradient_here()])


defvjp(
    _loss_and_gradient,
    lambda answer, parameters, objective: lambda g: g[:, :1] * answer[:, 1:],
    argnums=(0,),
)


def training_loss(parameters, objective: Objective):
    """The loss `(restarts,)` at `(restarts, parameters)`: one node on autograd's tape.

    It can be differentiated once; its gradient is not on the tape.
    """
    return _loss_and_gradient(parameters, objective)[:, 0]
