"""The units that both stations start with: a data file, and the function that creates what is missing of it.

A unit that exists is never changed. It needs what `reports.reference` creates.
"""

from operators.reference.creation import create_missing_units as create_missing_units
