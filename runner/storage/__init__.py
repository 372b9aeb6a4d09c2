"""The folder of a run: whole files, checkpoints, the record, CSV text."""
