"""What leaves a survey as a working file: the data package, and nothing else."""
