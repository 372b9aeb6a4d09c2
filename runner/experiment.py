"""From a config to a result, in memory: nothing is written and nothing is printed.

A run is data × model → result: `data` of the config says which pictures, `mode` which network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Data
from runner.loading import load_data
from runner.models.face import Trainer, Training
from runner.result.result import Result
from training.watch import Watch


@dataclass(frozen=True)
class Experiment:
    """A config that was found fit to run: its pictures, and the network that is to learn them."""

    config: Config
    data: Data
    trainer: Trainer

    def run(self, watch: Watch) -> Result:
        """Train under the eyes of `watch`, which may end it."""
        start = perf_counter()
        training = self.trainer.fit(watch)
        return self.result(training, watch.checkpoints.earlier_seconds + perf_counter() - start)

    def result(self, training: Training, seconds: float) -> Result:
        """What came out of a training that took so many seconds."""
        return Result(self.config, self.data, self.trainer.noise, training, seconds)


def run_experiment(config: Config, watch: Watch | None = None) -> Result:
    """Train what `config` describes.

    Raises UserError for data that does not fit the config and for a network too large to train.
    """
    return prepare(config).run(watch or Watch())


def prepare(config: Config) -> Experiment:
    """Everything that can be checked before training; raises UserError if it cannot be trained."""
    if config.sweep:
        raise UserError("sweep: this trains one network; use runner.sweep, or set it to []")
    make_trainer = TRAINERS[config.mode]()
    data = load_data(config)
    return Experiment(config, data, make_trainer(config, data))


# Each mode loads only what it needs.
def _autoencoder() -> Callable[[Config, Data], Trainer]:
    from runner.models.autoencoder import AutoencoderTrainer

    return AutoencoderTrainer.prepare


def _variational() -> Callable[[Config, Data], Trainer]:
    from runner.models.variational import VariationalTrainer

    return VariationalTrainer.prepare


TRAINERS = {"DEFAULT": _autoencoder, "DAE": _autoencoder, "VAE": _variational}
