"""Everything between a config file and a results folder."""

VERSION = "0.1.0"
