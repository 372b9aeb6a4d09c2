"""The tables that a result is told with."""
