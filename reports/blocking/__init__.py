"""Reminding, blocking, and hearing those who are blocked: people decide, each decision has an end, nothing is thrown away.

`strikes` and `blocks` hold the verbs, `never` whom no verb may touch, `ladder` how somebody stands, `telling` the words to
them, `kept` what intake does with what they write.
"""

from reports.blocking.blocks import ask_block as ask_block
from reports.blocking.blocks import confirm as confirm
from reports.blocking.blocks import lift as lift
from reports.blocking.blocks import refuse as refuse
from reports.blocking.kept import in_force_over as in_force_over
from reports.blocking.kept import keep as keep
from reports.blocking.kept import life_line as life_line
from reports.blocking.kept import lock_kept as lock_kept
from reports.blocking.kept import raw as raw
from reports.blocking.kept import see as see
from reports.blocking.strikes import lift_strike as lift_strike
from reports.blocking.strikes import warn as warn
