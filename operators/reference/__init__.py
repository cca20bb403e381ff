"""What both stations start with: units, rules of where reports go, regu and patterns of shifts; and the functions that
create what is missing.

What exists is never changed. It needs what `reports.reference` creates.
"""

from operators.reference.creation import create_missing_rules as create_missing_rules
from operators.reference.creation import create_missing_shifts as create_missing_shifts
from operators.reference.creation import create_missing_units as create_missing_units
