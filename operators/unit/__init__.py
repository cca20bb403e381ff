"""The pages of a unit, for a telephone in the field: they read the copy that the desk has made for it, and nothing else."""
