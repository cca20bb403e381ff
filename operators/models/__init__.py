"""People with an account and the units they belong to."""

from operators.models.operator import Operator as Operator
from operators.models.saved_view import SavedView as SavedView
from operators.models.token import ApiToken as ApiToken
from operators.models.unit import Unit as Unit
