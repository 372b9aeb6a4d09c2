"""Sets of images: finding, fetching, verifying and reading them."""
