"""A variational autoencoder to train, as a file of plain arrays: images and initial weights by name."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class VaeProblem:
    """Images `(n, 784)` of bytes; kernels `(inputs, units)` and biases of relu layers; Adam, 0.001."""

    images: np.ndarray
    weights: dict[str, np.ndarray]
    batch: int

    def layers(self, name: str) -> list[tuple[np.ndarray, np.ndarray]]:
        """Kernel and bias of the layers `encoder`, `decoder`, `mean`, `log_variance` or `output`."""
        kernels = sorted(key for key in self.weights if key.startswith(name) and key.endswith("kernel"))
        return [(self.weights[key], self.weights[key.replace("kernel", "bias")]) for key in kernels]

    @property
    def networks(self) -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
        """The layers of all five parts."""
        return {name: self.layers(name) for name in PARTS}

    @property
    def grey_levels(self) -> np.ndarray:
        """The images as float32 in 0…1."""
        return self.images / np.float32(255)

    def order(self, epoch: int) -> np.ndarray:
        """The shuffled rows of an epoch `(steps, batch)`, as Latent Lab with seed 0 shuffles them."""
        rows = np.random.default_rng((0, 1, epoch)).permutation(len(self.images))
        return rows.reshape(-1, self.batch)


PARTS = ("encoder", "mean", "log_variance", "decoder", "output")


def read_vae_problem(task) -> VaeProblem:
    """Read the file that a task names."""
    with np.load(task["problem"]) as file:
        weights = {name: file[name] for name in file.files if name != "images"}
        return VaeProblem(file["images"], weights, task["config"]["batch_size"])
