"""What wakes the verbs: the drain of the inbox, what follows from a reading, the files that are to be fetched, and the clock
that finds what was missed."""

from reports.jobs.answering_incidents import answer_incidents as answer_incidents
from reports.jobs.asking import ask_places as ask_places
from reports.jobs.clock import beat as beat
from reports.jobs.clock import deliver_due as deliver_due
from reports.jobs.clock import let_go_of_windows as let_go_of_windows
from reports.jobs.clock import tell_new_numbers as tell_new_numbers
from reports.jobs.clock import tick as tick
from reports.jobs.clock import tidy as tidy
from reports.jobs.draining import drain_inbox as drain_inbox
from reports.jobs.fetching import fetch as fetch
from reports.jobs.fetching import fetch_again as fetch_again
from reports.jobs.following_up import enrich as enrich
from reports.jobs.following_up import follow_up as follow_up
from reports.jobs.learning import train_categories as train_categories
