"""What a message does not say by itself: kind, category, urgency, place, the same incident. Hints; people decide.

The modules that read (`reading` and below) take values and give hints: no rows of reports, no keys, so that `manage.py
evaluate` measures the code that reads real messages. `enriching` alone opens words and writes Findings. Nothing here
starts a verb: what follows from a Finding is done by `reports.jobs.following_up`.

To add an enricher: a module here; a line in `reading.read`; a test of sentences in tests/reports/enrichment/.

To teach a word: the keywords of its category (administration, or `reports/reference/categories.json` for new stations); a
spelling, slang or Javanese: `slang.json`; words that tell only together: `category/combinations.json`;
how it is told without them: a line of `category/examples.txt`; danger and time:
`urgency.json`; how people ask and come back: `kind.json`. Then put the sentence into
tests/reports/enrichment/sentences.txt: its figures must not fall.
"""
