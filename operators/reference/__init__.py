"""The units, regu and patterns of shifts that both stations start with: data files, and what creates what is missing.

What exists is never changed. It needs what `reports.reference` creates.
"""

from operators.reference.creation import create_missing_shifts as create_missing_shifts
from operators.reference.creation import create_missing_units as create_missing_units
