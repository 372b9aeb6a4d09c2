"""The keys of a config, reading a file, and mistakes of the user."""
