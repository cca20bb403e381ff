"""The rows. A fact about one row is a property here, a set of rows a QuerySet method; what writes two rows is a verb.

Modules import downwards in this order: station, number_sequence, service_number, category, category_model, area, landmark,
reporter, incident, report, message, attachment, media_file, finding, picture, note, draft, summons, event, inbox, heartbeat,
reply_template, routing_rule, assignment, verification, proof, block, incident_delivery.
"""

from reports.identity.models import AuditEntry as AuditEntry
from reports.identity.models import DataKey as DataKey
from reports.identity.models import Handle as Handle
from reports.identity.models import Identity as Identity
from reports.models.area import Area as Area
from reports.models.area import Boundary as Boundary
from reports.models.assignment import Assignment as Assignment
from reports.models.assignment import DispatchPicture as DispatchPicture
from reports.models.attachment import Attachment as Attachment
from reports.models.block import Block as Block
from reports.models.block import KeptMessage as KeptMessage
from reports.models.block import Strike as Strike
from reports.models.category import Category as Category
from reports.models.category import CheckedFirst as CheckedFirst
from reports.models.category_model import CategoryModel as CategoryModel
from reports.models.draft import Draft as Draft
from reports.models.event import Change as Change
from reports.models.event import Event as Event
from reports.models.finding import Finding as Finding
from reports.models.finding import Likeness as Likeness
from reports.models.heartbeat import Heartbeat as Heartbeat
from reports.models.inbox import InboxEntry as InboxEntry
from reports.models.incident import Incident as Incident
from reports.models.incident import IncidentAnswer as IncidentAnswer
from reports.models.incident_delivery import IncidentDelivery as IncidentDelivery
from reports.models.landmark import Landmark as Landmark
from reports.models.media_file import MediaFile as MediaFile
from reports.models.message import Message as Message
from reports.models.note import Mention as Mention
from reports.models.note import Note as Note
from reports.models.number_sequence import NumberSequence as NumberSequence
from reports.models.picture import Picture as Picture
from reports.models.proof import Feedback as Feedback
from reports.models.proof import Proof as Proof
from reports.models.reply_template import ReplyTemplate as ReplyTemplate
from reports.models.report import Report as Report
from reports.models.reporter import Contact as Contact
from reports.models.reporter import Reporter as Reporter
from reports.models.routing_rule import RoutingRule as RoutingRule
from reports.models.service_number import ServiceNumber as ServiceNumber
from reports.models.station import Station as Station
from reports.models.summons import DutyPhone as DutyPhone
from reports.models.summons import Summons as Summons
from reports.models.verification import Verification as Verification
from reports.models.verification import VerificationNote as VerificationNote
from reports.models.verification import VerificationOfficer as VerificationOfficer
from reports.models.verification import VerificationPhoto as VerificationPhoto
