"""What a message does not say by itself. Values in, hints out; people decide.

To add an enricher: a module here; a test of sentences in tests/reports/enrichment/.
"""
