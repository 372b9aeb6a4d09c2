"""What all trainings share: being watched, streams of random numbers, activations."""
