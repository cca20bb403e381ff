"""An answer or an end that rests on less than what there is now is refused, and says what came meanwhile."""

from collections.abc import Callable
from datetime import timedelta

from operators.models import Operator
from reports import claims, triage
from reports.claims import HeldByAnother, Stale
from reports.workflow import Outcome
from tests import people, samples
from tests.reports.test_claims import NOTE, REASON, ClaimsTestCase


class SeenTests(ClaimsTestCase):
    def setUp(self) -> None:
        super().setUp()
        claims.claim(self.report, by=self.rina)
        self.seen = self.now_is().version

    def reply(self, by: Operator | None = None) -> None:
        triage.reply(self.report, "Petugas ke sana", by=by or self.rina, seen=self.seen)

    def refusal(self, of: Callable[[], object] | None = None) -> str:
        before = self.columns()
        with self.assertRaises(Stale) as caught:
            (of or self.reply)()
        self.assertEqual(self.columns(), before)
        return str(caught.exception)

    def later(self) -> None:
        self.travel(timedelta(seconds=30))

    def test_what_rests_on_everything_goes(self) -> None:
        self.reply()
        self.assertEqual(self.report.messages.filter(author=self.rina).count(), 1)

    def test_what_names_no_version_goes(self) -> None:
        people.message(samples.text("Tambah ramai"))
        triage.reply(self.report, "Petugas ke sana", by=self.rina)

    def test_the_reporter_has_written(self) -> None:
        self.later()
        people.message(samples.text("Tambah ramai"))
        self.assertEqual(
            self.refusal(),
            "Pelapor menulis lagi. Belum ada yang dikirim atau diubah: baca dulu, lalu coba lagi.",
        )

    def test_somebody_else_has_it_now(self) -> None:
        claims.take_over(self.report, REASON, by=self.wawan)
        with self.assertRaises(HeldByAnother) as caught:
            self.reply()
        self.assertIn("Contoh Wawan", str(caught.exception))

    def test_it_has_been_given_back(self) -> None:
        self.later()
        claims.release(self.report, by=self.rina)
        self.assertIn("Contoh Rina mengembalikan laporan ini.", self.refusal())

    def test_somebody_has_closed_it(self) -> None:
        self.later()
        triage.close(self.report, Outcome.ACTED, NOTE, by=self.rina)
        self.assertIn("Contoh Rina menyelesaikan laporan ini.", self.refusal())

    def test_it_has_been_answered_from_another_window(self) -> None:
        self.later()
        triage.reply(self.report, "Siap", by=self.rina)
        self.assertIn("Contoh Rina sudah membalas pelapor.", self.refusal())

    def test_several_things_are_told_in_their_order_and_each_once(self) -> None:
        for body in ("Tambah ramai", "Halo?"):
            self.later()
            people.message(samples.text(body))
        self.later()
        triage.reply(self.report, "Siap", by=self.rina)
        told = self.refusal()
        self.assertEqual(told.count("Pelapor menulis lagi."), 1)
        self.assertLess(told.index("Pelapor"), told.index("membalas"))
        self.assertNotIn("mengambil", told)

    def test_a_version_that_has_never_been_is_refused_too(self) -> None:
        self.seen += 7
        self.assertIn("Ada yang terjadi pada laporan ini.", self.refusal())

    def test_an_end_that_rests_on_less_is_refused(self) -> None:
        self.later()
        people.message(samples.text("Tambah ramai"))
        close = lambda: triage.close(  # noqa: E731
            self.report, Outcome.ACTED, NOTE, by=self.rina, seen=self.seen
        )
        self.assertIn("Pelapor menulis lagi.", self.refusal(close))
        self.seen = self.now_is().version
        close()
        self.assertEqual(self.now_is().outcome, Outcome.ACTED)
