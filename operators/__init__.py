"""The people at the desk, and what they see. May import `reports`; nothing below imports this."""
