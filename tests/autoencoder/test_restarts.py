"""Several networks are one training to whoever watches."""

import numpy as np
from watches import MemoryWatch

from autoencoder.plan import Plan
from autoencoder.restarts import Restarts
from training.recorder import TrainedNetwork
from training.watch import Watch

PLAN = Plan("powell", 10, restarts=3)


def network(seed):
    return TrainedNetwork(seed, np.zeros(1), None, diverged=False)


def test_what_is_reported_is_the_mean_epoch_and_the_smallest_error():
    told = []
    restarts = Restarts(PLAN, Watch(lambda *row: told.append(row)))
    first, second = restarts.report_of(0), restarts.report_of(2)
    first(6, 3.0)
    second(3, 2.0)
    second(4, 4.0)
    restarts.end(2, network(2))
    first(7, 5.0)
    assert told == [(2, 3.0), (3, 2.0), (3, 3.0), (5, 4.0)]


def test_networks_come_in_their_order():
    restarts = Restarts(PLAN, Watch())
    restarts.end(2, network(2))
    restarts.end(0, network(0))
    assert [one.seed for one in restarts.networks] == [0, 2]


def test_a_shared_journal_is_cut_into_those_of_the_networks():
    watch = MemoryWatch()
    restarts = Restarts(PLAN, watch)
    for index, values in [(0, [1.0]), (1, [2.0, 3.0]), (1, []), (1, [4.0]), (0, [5.0])]:
        restarts.log(index, values)
    restarts.keep(1, {"point": np.array([7.0]), "is_finished": np.array(True)})
    watch.checkpoints.save(restarts.state())
    again = Restarts(PLAN, MemoryWatch(watch))
    assert [again.journal_of(index).tolist() for index in range(3)] == [[1, 5], [2, 3, 4], []]
    assert [again.is_finished(index) for index in range(3)] == [False, True, False]
    assert again.state_of(0) == again.state_of(2) == {}
    again.log(1, [6.0])  # behind what there was
    assert again.state()["journal_pieces"].tolist() == [[0, 1], [1, 3], [0, 1], [1, 1]]


def test_a_network_alone_goes_on_from_its_own_state_and_is_taken_back():
    watch = MemoryWatch()
    restarts = Restarts(PLAN, watch)
    restarts.log(0, [1.0])
    restarts.log(2, [2.0, 3.0])
    restarts.keep(2, {"point": np.array([7.0])})
    watch.checkpoints.save(restarts.state())
    restarts = Restarts(PLAN, MemoryWatch(watch))

    alone = MemoryWatch()
    alone.checkpoints.state, alone.checkpoints.entries = restarts.alone(2), restarts.journal_of(2).tolist()
    alone.checkpoints.valid = 2
    single = Restarts(PLAN, MemoryWatch(alone))
    assert single.journal_of(0).tolist() == [2, 3]
    assert single.state_of(0) == {"point": np.array([7.0])}
    single.log(0, [4.0])
    single.keep(0, {"point": np.array([8.0])})

    restarts.take(2, single.state(), [4.0])
    assert restarts.state_of(2) == {"point": np.array([8.0])}
    assert restarts.state()["journal_pieces"].tolist() == [[0, 1], [2, 3]]
    restarts.take(2, {}, [])  # news without a state
    assert restarts.state_of(2) == {"point": np.array([8.0])}
