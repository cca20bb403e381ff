"""Pages of a check in plain clothes, for whoever is named in it: made for a telephone in the field.

They read what stands in the compartment of the check, and never a report, a message or a reporter (pyproject.toml holds it
for the source, the tests for what the database is asked). For everybody who is not named there is no such check.
"""
