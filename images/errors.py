"""The one error of this room."""


class DataError(ValueError):
    """Images that cannot be found or used; the message says what was tried and how to mend it."""
