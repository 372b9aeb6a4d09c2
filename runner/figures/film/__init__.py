"""A training as a film for slides: codes finding their places, drawings, and the error curve."""
