"""What both stations start with: data files, and the one function that creates what is missing of them.

A row that exists is never changed. Where the area data come from stands in README.md. Units are the business of
`operators.reference`: reports know no people.
"""

from reports.reference.creation import create_missing as create_missing
