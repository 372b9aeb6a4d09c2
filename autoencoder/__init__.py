"""The autoencoder itself: arrays in, arrays out; no files, no printing, no pictures."""
