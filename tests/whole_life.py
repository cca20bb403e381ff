"""A report with its whole life behind it, told by somebody whose every word is a canary; and who must not hear of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from operators.models import ApiToken, Operator
from operators.permissions import Role
from reports import assignment, describing, dispatch_pictures, noting, pictures, triage
from reports.models import Area, Assignment, Landmark, MediaFile, Report
from reports.models.media_file import FileRole
from reports.workflow import Outcome
from tests import people, photos, samples, shown_files
from tests.canaries import Canary
from tests.cases import BehindProxy, PolresTestCase

PHONE, NAME = "+6281199990001", "Kanari Satu Bahagia"
PHRASE, NOTE = "burung-kenari-7731 di rumah nomor sembilan", "catatan-elang-5512"
CANARIES = [Canary.phone(PHONE), *map(Canary.words, (NAME, PHRASE, NOTE, photos.SECRET.decode()))]
BRIEF = "Pemuda nongkrong di depan warung, minta dibubarkan."


class WholeLifeTestCase(PolresTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        folder = TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.enterClassContext(override_settings(MEDIA_DIR=Path(folder.name)))
        cls.station = people.station()
        cls.people = people.everybody(cls.station)
        cls.rina, cls.sari = cls.people["operator"], cls.people["unit"]
        lantas = people.unit(cls.station, "lantas")
        cls.lukas = people.operator(cls.station, Role.UNIT, username="lukas", unit=lantas)
        cls.report = cls.life()
        cls.running = cls.another()
        cls.parked = people.parked_entry()
        cls.furnish()

    @classmethod
    def life(cls) -> Report:
        """Told, looked at, handed on, worked on, given back, handed to others, called off, finished, answered, closed."""
        who = samples.Citizen(NAME, PHONE)
        report = people.report(samples.text(f"Tolong, {PHRASE}", by=who))
        shown_files.prepared(report, photos.telltale())
        view = MediaFile.objects.get(attachment__message__report=report, role=FileRole.VIEW)
        describing.summarise(report, f"Ringkasan {NOTE}", by=cls.rina)
        noting.add(report, f"Ditelepon {PHONE}: {NOTE}", by=cls.rina)
        given = {"brief": BRIEF, "place_note": "Sisi utara.", "by": cls.rina}
        units = {unit.slug: unit for unit in cls.station.units.all()}
        cls.back = assignment.assign(cls.again(report), to=units["lantas"], **given)
        assignment.give_back(cls.back, reason="Bukan wilayah kami.", by=cls.lukas)
        cls.off = assignment.assign(cls.again(report), to=units["lantas"], **given)
        assignment.call_off(cls.off, reason="Satuan lain lebih dekat.", by=cls.rina)
        cls.task = assignment.assign(
            cls.again(report), to=units["samapta"], pictures=[view], **given
        )
        assignment.accept(cls.task, by=cls.people["kasat"])
        dispatch_pictures.add(cls.task, photos.telltale(), by=cls.sari)
        assignment.finish(cls.task, result=Outcome.ACTED, note="Sudah bubar.", by=cls.sari)
        pictures.attach(cls.again(report), photos.telltale(), by=cls.rina)
        triage.reply(cls.again(report), f"Terima kasih, {NAME}.", by=cls.rina)
        report.pictures.update(message=report.messages.filter(direction="outbound").last())
        triage.close(cls.again(report), Outcome.ACTED, f"Beres, {NOTE}.", by=cls.rina)
        Assignment.objects.update(latitude=-7.43, longitude=111.02, place_name="Kroyo")
        return cls.again(report)

    @classmethod
    def another(cls) -> Assignment:
        """What the unit is working on now."""
        who = samples.Citizen(NAME, "+6281277000009")
        report = people.report(samples.text(f"Lagi, {PHRASE}", by=who))
        unit = people.unit(cls.station)
        task = assignment.assign(report, to=unit, brief=BRIEF, by=cls.rina)
        Assignment.objects.filter(pk=task.pk).update(latitude=-7.43, longitude=111.02)
        dispatch_pictures.add(task, photos.telltale(), by=cls.sari)
        return assignment.arrive(task, by=cls.sari)

    @classmethod
    def again(cls, report: Report) -> Report:
        return Report.objects.get(pk=report.pk)

    @classmethod
    def furnish(cls) -> None:
        """What else the walk needs to have arguments for every address."""
        people.category()
        at = {"station": cls.station, "latitude": -7.43, "longitude": 111.02}
        Area.objects.create(code="33.14", level="regency", name="Contoh", **at)
        Landmark.objects.create(name="Pasar", **at)
        ApiToken.objects.issue(cls.people["admin"])

    def browser_of(self, operator: Operator) -> BehindProxy:
        browser = BehindProxy(raise_request_exception=False)
        browser.force_login(operator)
        return browser
