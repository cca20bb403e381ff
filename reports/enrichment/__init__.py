"""What a message does not say by itself: kind, category, urgency, place, the same incident. Hints; people decide.

The modules that read (`reading` and below) take values and give hints: no rows of reports, no keys, so that `manage.py
evaluate` measures the code that reads real messages. `enriching` alone opens words and writes Findings. Nothing here
starts a verb: what follows from a Finding is done by `reports.jobs.following_up`.

To add an enricher: a module here; a line in `reading.read`; a test of sentences in tests/reports/enrichment/.
"""
