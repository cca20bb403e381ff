"""The desk in the browser: queue, report, feed. Views fetch what may be seen, call one verb, and draw."""
