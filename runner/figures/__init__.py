"""The pictures that a result is told with."""
