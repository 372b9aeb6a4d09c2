"""Results as the page sees them: few pictures, or many."""

import pytest


@pytest.fixture(scope="module")
def taken_as_many():
    """Whatever has more than five pictures has many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("runner.data.MOST_FEW", 5)
        yield
