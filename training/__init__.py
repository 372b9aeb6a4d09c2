"""What all trainings share: being watched, how they end, histories, random numbers, activations."""
