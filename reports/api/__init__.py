"""The API, version 1: the same verbs as the desk. No answer ever holds a telephone number or a profile name."""
