"""The variational autoencoder that learns pictures of any kind."""
