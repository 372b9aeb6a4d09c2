"""A training ends in one of three ways, and says in which."""

from training.ending import Ending
from training.history import History
from training.recorder import TrainedNetwork, Training


def trained(*diverged):
    return [TrainedNetwork(0, None, History(0, {}), each) for each in diverged]


def test_it_diverged_if_all_its_networks_did():
    assert Training.of(trained(True, True), was_stopped=False).ending is Ending.DIVERGED
    assert Training.of(trained(True, False), was_stopped=False).ending is Ending.FINISHED


def test_one_that_was_stopped_says_so_whatever_it_reached():
    assert Training.of(trained(True), was_stopped=True).ending is Ending.STOPPED
