"""A restart in a process of its own, here in a thread: what it sends."""

from multiprocessing import Pipe
from threading import Thread

import numpy as np
import pytest

from autoencoder.network import Network
from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.training import train, untrained
from fonts import load_fonts
from runner.models import alone
from runner.models.alone import minimize_alone

PROBLEM = Problem(Network.mirrored([35, 1], ("linear",) * 3), load_fonts(["font2"]).pixels[:2])
PLAN = Plan("powell", 3, seed=4)
LONG = Plan("powell", 30, seed=4)


@pytest.fixture
def line(monkeypatch):
    """The other side of a minimization that goes on; its news are due at once."""
    monkeypatch.setattr(alone, "SECONDS_BETWEEN_NEWS", 0.001)
    monkeypatch.setattr(alone, "LARGEST_SHARE", 1)
    monkeypatch.setattr(alone, "ignore_signals", lambda: None)

    def begin(plan=PLAN, saved=None, journal=()):
        ours, theirs = Pipe()
        (start,) = untrained(PROBLEM, plan)
        work = (theirs, PROBLEM, plan, start, saved or {}, np.array(journal, float))
        Thread(target=minimize_alone, args=work, daemon=True).start()
        return ours

    return begin


def all_news(line):
    news = [line.recv()]
    while not news[-1].ended:
        news.append(line.recv())
    return news


def test_news_add_up_to_the_training(line):
    news = all_news(line())
    (expected,) = train(PROBLEM, PLAN).networks
    assert news[-1].ended.seed == 4
    np.testing.assert_array_equal(news[-1].ended.parameters, expected.parameters)
    assert sum(len(one.journal) for one in news) == expected.history["evaluations"][-1]
    assert news[-1].state["restart_0.is_finished"]


def test_who_is_told_to_stop_sends_where_it_is_and_can_go_on(line):
    (expected,) = train(PROBLEM, LONG).networks
    ours = line(LONG)
    first = ours.recv()
    ours.send("stop")
    news = [first, *all_news(ours)]
    *_, saved, last = news
    assert not last.ended.diverged
    assert "restart_0.point" in saved.state
    journal = [value for one in news for value in one.journal]
    assert len(last.ended.history) - 1 < LONG.epochs
    again = all_news(line(LONG, saved.state, journal))
    np.testing.assert_array_equal(again[-1].ended.parameters, expected.parameters)
