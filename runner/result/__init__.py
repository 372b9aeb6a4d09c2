"""What came out of a run: arrays, numbers, words, and the file of the model."""
