"""What can be wrong with a font, as one kind of mistake."""


class FontError(ValueError):
    """A font that cannot be found, read, joined or cut as asked; the message says how to mend it."""
