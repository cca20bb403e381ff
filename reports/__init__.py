"""What citizens tell us, and what becomes of it. Knows nothing of the people at the desk but the Protocol in `actors`."""
