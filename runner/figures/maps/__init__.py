"""Maps of a latent space: where the codes lie."""
