"""A training that has ended, as a state: its files can be made from it again, without training."""

import numpy as np

from runner.config.keys import Config
from runner.data import Cell
from runner.models.face import Candidate, Training
from runner.result.model_file import network_of
from training.ending import Ending
from training.history import History
from training.moments import Moments
from training.watch import State, joined, part_of


def finished_state(training: Training, seconds: float, cell: Cell) -> State:
    """All of a training that took so many `seconds`; `cell` is that of its pictures."""
    networks = {
        f"network_{index}": {
            "seed": np.array(candidate.seed),
            "diverged": np.array(candidate.diverged),
            "first_epoch": np.array(candidate.history.first_epoch),
            **joined(
                model={"cell": np.array(cell), **candidate.model.arrays()},
                history=candidate.history.columns,
                moments=candidate.moments.arrays(),
            ),
        }
        for index, candidate in enumerate(training.candidates)
    }
    own = {"ending": training.ending.value, "seconds": seconds, "networks": len(networks)}
    return joined(finished={name: np.array(value) for name, value in own.items()}, **networks)


def finished_training(state: State, config: Config) -> tuple[Training, float] | None:
    """The training of such a state and the seconds it took; None if `state` is that of one on its way."""
    own = part_of(state, "finished")
    if not own:
        return None
    networks = [part_of(state, f"network_{index}") for index in range(own["networks"].item())]
    candidates = [_candidate(network, config) for network in networks]
    return Training(candidates, Ending(own["ending"].item())), own["seconds"].item()


def _candidate(state: State, config: Config) -> Candidate:
    model = network_of(part_of(state, "model"), config)
    history = History(state["first_epoch"].item(), part_of(state, "history"))
    moments = part_of(state, "moments")  # one that an earlier version saved has none
    passed = Moments.from_arrays(moments) if moments else Moments.none()
    return Candidate(state["seed"].item(), model, history, state["diverged"].item(), passed)
