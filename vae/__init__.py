"""Sets of images, and the variational autoencoder that learns them."""
