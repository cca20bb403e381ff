"""A report about which everything was found that can be, with files of every sort: for looking through its page."""

from reports.models import Report
from reports.models.finding import Enricher
from tests import hints, people, photos, recordings, samples, shown_files


def made(like: Report) -> Report:
    """A report with files of every sort, and everything suggested that can be."""
    who = samples.Citizen("W", "+6281277000901")
    report = people.report(samples.text("Motor tabrakan, ada darah", by=who))
    for content in (photos.jpeg(), photos.jpeg(300, 200), recordings.voice_note(), b"%PDF-broken"):
        shown_files.prepared(report, content)
    people.category("laka", label="Laka lantas")
    inside = {"name": "Sragen Kulon", "latitude": -7.43, "longitude": 111.02, "within": True}
    outside = {"name": "Ngawi", "latitude": -7.4, "longitude": 111.44, "within": False}
    hints.suggest(report, Enricher.CATEGORY, {"slug": "laka"})
    hints.suggest(report, Enricher.URGENCY, {"urgency": "darurat"})
    hints.suggest(report, Enricher.PLACE, inside, outside)
    hints.suggest(report, Enricher.CAMERA, {**inside, "taken_at": "2026-11-21T14:05:00+07:00"})
    hints.suggest(report, Enricher.KIND, {"kind": "curhat", "never_filter": "suicide"})
    hints.suggest(report, Enricher.DUPLICATE, {"report": str(like.pk), "strength": "strong"})
    return report
