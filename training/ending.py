"""How a training ended: what every training returns beside its networks."""

from enum import Enum


class Ending(Enum):
    """The three ways."""

    FINISHED = "finished"  # all epochs, no patience left, or nothing more to gain
    STOPPED = "stopped"  # who watched it asked for that; it can go on from its last state
    DIVERGED = "diverged"  # numbers that are none
