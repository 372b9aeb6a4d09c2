"""What can be asked of any latent space: arrays in, arrays out."""
