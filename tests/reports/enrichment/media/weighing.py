"""Run as a program: derives from each file named, and prints what became of it and the most memory that was held.

One line of JSON a file. What the children held counts as well; the figure is the sum of the largest of each.
"""

import json
import resource
import sys
from pathlib import Path

import django


def peak() -> int:
    """Megabytes, since this program began."""
    (line,) = [
        line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line
    ]
    return int(line.split()[1]) // 1024


def main() -> None:
    django.setup()
    from reports.enrichment.media.derive import MediaRefused, derive

    for name in sys.argv[1:]:
        try:
            outcome = derive(Path(name).read_bytes()).kind
        except MediaRefused as refusal:
            outcome = refusal.code
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        sys.stdout.write(json.dumps([outcome, peak(), children]) + "\n")


if __name__ == "__main__":
    main()
