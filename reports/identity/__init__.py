"""The wall: who a reporter is, and the keys to everything that a citizen wrote.

Imports nothing of ours. Only this package touches `identity.models` and `identity.crypto`; everybody else asks `vault`.
"""
