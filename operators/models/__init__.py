"""People with an account and the units they belong to."""

from operators.models.operator import Operator as Operator
from operators.models.saved_view import SavedView as SavedView
from operators.models.shift import Duty as Duty
from operators.models.shift import Handover as Handover
from operators.models.shift import Regu as Regu
from operators.models.shift import ReguMember as ReguMember
from operators.models.shift import Shift as Shift
from operators.models.shift import ShiftPattern as ShiftPattern
from operators.models.token import ApiToken as ApiToken
from operators.models.unit import Unit as Unit
