"""A pretend Twilio and the telephones of pretend citizens, for demos and tests on one machine.

Its own small process (`python -m simulator`). It knows the desk by HTTP only: signed webhooks out,
Twilio's REST API in. It imports nothing of the desk, and it never leaves the machine.
"""
