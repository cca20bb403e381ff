"""What both stations start with: units, and rules of where reports go; and the functions that create what is missing.

A row that exists is never changed. It needs what `reports.reference` creates.
"""

from operators.reference.creation import create_missing_rules as create_missing_rules
from operators.reference.creation import create_missing_units as create_missing_units
