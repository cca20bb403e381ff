"""The rows. A fact about one row is a property here, a set of rows a QuerySet method; what writes two rows is a verb.

Modules import downwards in this order: station, service_number, category, area, reporter, report, message, attachment,
event, inbox, reply_template.
"""

from reports.identity.models import DataKey as DataKey
from reports.identity.models import Handle as Handle
from reports.identity.models import Identity as Identity
from reports.models.area import Area as Area
from reports.models.attachment import Attachment as Attachment
from reports.models.category import Category as Category
from reports.models.event import Change as Change
from reports.models.event import Event as Event
from reports.models.inbox import InboxEntry as InboxEntry
from reports.models.message import Message as Message
from reports.models.reply_template import ReplyTemplate as ReplyTemplate
from reports.models.report import NumberSequence as NumberSequence
from reports.models.report import Report as Report
from reports.models.reporter import Contact as Contact
from reports.models.reporter import Reporter as Reporter
from reports.models.service_number import ServiceNumber as ServiceNumber
from reports.models.station import Station as Station
