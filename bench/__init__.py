"""Figures: how fast a message comes in and is seen at the desk, against the least that any Django view could cost.

    python -m bench [--quick] [--rows webhook,feed,hints,burst,memory,pages,photo]

Everything runs on this machine: a throw-away PostgreSQL (with fsync) and Redis, the program itself as `manage.py run` starts
it, and a pretend Twilio that takes the answers.
"""
