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
from itertools import accumulate

import numpy as np
from autograd.extend import defvjp, primitive

from autoencoder.activations import ACTIVATIONS, apply_logistic, chain_logistic
from autoencoder.network import Network

# A product of 16 factors in [1/2, 1] cannot underflow, and costs one logarithm instead of 16.
FACTORS_PER_LOGARITHM = 16


class Objective:
    """The loss of `restarts` networks on one set of examples, and its gradient.

    The loss is a mean over the examples of a sum over the pixels: half the squared difference
    (`squared_error`), or the binary cross-entropy in nats (`cross_entropy`).
    """

    def __init__(self, network: Network, inputs, targets, *, loss, restarts=1, dtype=np.float64):
        """Take `inputs` and `targets`, both `(examples, pixels)`, and allocate every buffer."""
        self.network, self.loss, self.restarts = network, loss, restarts
        examples = len(inputs)
        self.parameters = np.empty((restarts, network.parameter_count), dtype)
        self.gradient = np.empty_like(self.parameters)
        self._weights = network.unpack(self.parameters)
        # The index of the last parameter of each layer.
        self._last_parameters = list(accumulate((w[0].size for w in self._weights), initial=-1))[1:]
        self._weight_gradients = network.unpack(self.gradient)

        def buffer(units):
            return np.empty((restarts, units, examples), dtype)

        # The inputs of every layer, with the row of ones; the last one is the network's output.
        self._inputs = [np.ones((1, network.sizes[0] + network.bias, examples), dtype)]
        for units in network.sizes[1:-1]:
            self._inputs.append(np.ones((restarts, units + network.bias, examples), dtype))
        self._units = [rows[:, :units] for rows, units in zip(self._inputs, network.sizes, strict=False)]
        self._units.append(buffer(network.sizes[-1]))
        self._memories = [
            buffer(layer.outputs) if layer.activation == "silu" else None for layer in network.layers
        ]
        self._deltas = [buffer(layer.outputs) for layer in network.layers]
        self._scratch = [buffer(layer.outputs) for layer in network.layers]
        self._targets = np.empty((1, network.sizes[-1], examples), dtype)
        self._plan_products()
        self.load(inputs, targets)

    def _plan_products(self) -> None:
        """Collect the matrices of every product: of the forward pass, of the gradients, of the deltas."""
        # numpy.dot takes two thirds of the time of numpy.matmul for small products, but knows no stacks.
        self._product = np.matmul if self.restarts > 1 else np.dot

        def matrices(*stacks):
            return stacks if self.restarts > 1 else [stack[0] for stack in stacks]

        def transposed(stack):
            return stack.swapaxes(1, 2)

        self._forward = list(map(matrices, self._weights, self._inputs, self._units[1:]))
        inputs = map(transposed, self._inputs)
        self._backward = list(map(matrices, self._deltas, inputs, self._weight_gradients))
        # Without the biases, which nothing below feeds.
        weights = [
            transposed(weights[:, :, :units])
            for weights, units in zip(self._weights, self.network.sizes, strict=False)
        ]
        self._down = list(map(matrices, weights[1:], self._deltas[1:], self._deltas))

    def load(self, inputs, targets) -> None:
        """Replace the examples by as many others, `(examples, pixels)` each."""
        self._units[0][0] = inputs.T
        self._targets[0] = targets.T
        self._inputs_are_new = True

    def value(self, parameters) -> np.ndarray:
        """The loss `(restarts,)` at `parameters` `(restarts, parameters)`."""
        first = self._first_changed_layer(parameters)
        if parameters is not self.parameters:
            np.copyto(self.parameters, parameters)
        for index in range(first, len(self.network.layers) - 1):
            output, layer = self._units[index + 1], self.network.layers[index]
            self._product(*self._forward[index])
            ACTIVATIONS[layer.activation].apply(output, self._memories[index], self.network.beta)
        self._product(*self._forward[-1])
        return self._losses() / self._targets.shape[-1]

    def _first_changed_layer(self, parameters) -> int:
        """The first layer whose output can differ from the last evaluation's.

        Powell's method moves along one weight at a time, so most layers need no second look.
        """
        if self._inputs_are_new or self.restarts > 1 or parameters is self.parameters:
            self._inputs_are_new = False
            return 0
        return bisect_left(self._last_parameters, (parameters != self.parameters).argmax())

    def squared_errors(self) -> np.ndarray:
        """The accumulated error `(restarts,)` of the examples, where `value` last was."""
        np.multiply(self._deltas[-1], self._deltas[-1], out=self._scratch[-1])
        return 0.5 * self._sum(self._scratch[-1])

    def gradient_here(self) -> np.ndarray:
        """The gradient `(restarts, parameters)` where `value` last was.

        The array is reused by the next call; `value` must have been called since the last one.
        """
        beta, network = self.network.beta, self.network
        delta, scratch = self._deltas[-1], self._scratch[-1]
        if self.loss == "squared_error":
            chain_logistic(delta, self._units[-1], None, scratch, beta)
            scale = 1 / self._targets.shape[-1]
        else:
            scale = 2 * beta / self._targets.shape[-1]
        np.multiply(delta, scale, out=delta)
        for index in range(len(network.layers) - 1, -1, -1):
            self._product(*self._backward[index])
            if index:
                layer = network.layers[index - 1]
                self._product(*self._down[index - 1])
                ACTIVATIONS[layer.activation].chain(
                    self._deltas[index - 1],
                    self._units[index],
                    self._memories[index - 1],
                    self._scratch[index - 1],
                    beta,
                )
        return self.gradient

    def _losses(self):
        """Turn the logits of the output layer into pixels and differences; return the summed loss."""
        pixels, delta, scratch = self._units[-1], self._deltas[-1], self._scratch[-1]
        if self.loss == "squared_error":
            apply_logistic(pixels, None, self.network.beta)
            np.subtract(pixels, self._targets, out=delta)
            return self.squared_errors()
        # softplus(u) = max(u, 0) - log((1 + |tanh(u / 2)|) / 2): stable, and the tanh is there anyway.
        beta = self.network.beta
        np.maximum(pixels, 0, out=scratch)
        np.multiply(pixels, self._targets, out=delta)
        np.subtract(scratch, delta, out=scratch)
        linear = 2 * beta * self._sum(scratch)
        if beta != 1:
            np.multiply(pixels, beta, out=pixels)
        np.tanh(pixels, out=pixels)
        np.abs(pixels, out=scratch)
        np.add(scratch, 1, out=scratch)
        np.multiply(scratch, 0.5, out=scratch)
        np.add(pixels, 1, out=pixels)
        np.multiply(pixels, 0.5, out=pixels)
        np.subtract(pixels, self._targets, out=delta)
        blocks = np.arange(0, scratch.shape[1], FACTORS_PER_LOGARITHM)
        products = np.multiply.reduceat(scratch, blocks, axis=1)
        return linear - self._sum(np.log(products))

    def _sum(self, values):
        return np.add.reduce(values.reshape(self.restarts, -1), axis=1)


@dataclass(frozen=True)
class Problem:
    """What is to be learned: a network that maps `inputs` to `targets`, both `(examples, pixels)`.

    With `fresh_inputs` the inputs of an epoch are `fresh_inputs(epoch)` instead. Each character occurs
    in `copies` examples, and the accumulated error is a mean over these.
    """

    network: Network
    inputs: np.ndarray
    targets: np.ndarray
    loss: str = "squared_error"
    precision: str = "float64"
    fresh_inputs: Callable[[int], np.ndarray] | None = None
    copies: int = 1

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
