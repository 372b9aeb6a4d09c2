"""The same work by other means, as one would write it there; every module has `prepare(task)`."""
