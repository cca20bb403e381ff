"""Bringing in the files of messages: the only part of enrichment that speaks to a network. Values in, bytes out; no rows.

`download.fetch` is the way in; `addresses` decides where a name may lead, `connection` holds on to that, `reasons` says on
the desk what went wrong.
"""
