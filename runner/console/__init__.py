"""The terminal, the signals and the settings of a process."""
