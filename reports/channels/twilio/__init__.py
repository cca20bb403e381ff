"""Twilio itself: is a call really theirs (signature), sending and asking (client), what their codes mean (errors)."""
