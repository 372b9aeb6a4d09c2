"""Sets that are known by name: where they are found, fetched from and verified."""
