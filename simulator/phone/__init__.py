"""The citizens' telephones: the page in the browser, and the same by JSON for demos and tests."""
