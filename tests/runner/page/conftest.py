"""Results as the page sees them: few pictures, or many."""

from dataclasses import replace

import pytest


@pytest.fixture
def as_many(monkeypatch):
    """Take whatever has more than five pictures for many."""
    monkeypatch.setattr("runner.data.MOST_FEW", 5)


@pytest.fixture(scope="module")
def many_result(image_result):
    """The images of the variational autoencoder, many of them; for tests that use `as_many`."""
    return replace(image_result)  # which has kept nothing of when it was few
