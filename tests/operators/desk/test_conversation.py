"""The conversation: every kind of message has its form, and nothing of it is markup."""

from datetime import timedelta
from unittest import mock

from django.urls import reverse
from django.utils import timezone

from operators.desk import conversation
from reports import claims, triage
from reports.models import Message, Report
from reports.models.message import Delivery
from tests import people, samples
from tests.operators.desk.cases import DeskTestCase, words


class KindTests(DeskTestCase):
    def shown(self, params: samples.Params) -> str:
        """What the conversation says, without what stands around it."""
        report = people.report(params)
        page = self.client.get(reverse("desk:conversation", args=[report.number])).text
        start = page.index('id="conversation"')
        response = mock.Mock(text=page[start : page.index("</ol>\n", start)])
        return words(response)

    def test_files_wait_to_be_fetched(self) -> None:
        for content_type, word in (
            ("image/jpeg", "Foto"),
            ("audio/ogg", "Pesan suara"),
            ("video/mp4", "Video"),
            ("application/pdf", "Dokumen"),
        ):
            with self.subTest(content_type):
                kind = {"application": "document"}.get(content_type.split("/")[0])
                params = samples.media(kind or content_type.split("/")[0], content_type)
                self.assertIn(f"{word} Menunggu diambil", self.shown(params))

    def test_a_place_is_written_out(self) -> None:
        shown = self.shown(samples.named_place())
        self.assertIn("-7.42640, 111.02230", shown)

    def test_a_place_without_coordinates_is_shown_by_its_name(self) -> None:
        self.assertIn("Pasar Bunder", self.shown(samples.named_place(Latitude="utara")))

    def test_a_pressed_button_is_what_it_said(self) -> None:
        shown = self.shown(samples.button("Belum selesai"))
        self.assertIn("Belum selesai", shown)
        self.assertIn("Dipilih dari jawaban yang kita tawarkan", shown)

    def test_a_choice_from_a_list_is_what_it_said(self) -> None:
        self.assertIn("Laka lantas", self.shown(samples.choice("Laka lantas")))

    def test_forwarding_is_marked_often_forwarding_too(self) -> None:
        self.assertIn("Diteruskan", self.shown(samples.forwarded(FrequentlyForwarded=None)))
        self.assertIn("Sering diteruskan", self.shown(samples.forwarded()))

    def test_what_led_the_citizen_here_is_told(self) -> None:
        self.assertIn("Datang dari unggahan atau iklan:", self.shown(samples.from_advertisement()))

    def test_an_unknown_kind_asks_for_another(self) -> None:
        self.assertIn("minta warga mengirim teks atau foto", self.shown(samples.unsupported()))

    def test_a_wish_for_silence_is_seen(self) -> None:
        shown = self.shown(samples.text("STOP", OptOutType="STOP"))
        self.assertIn("Pelapor meminta berhenti menerima pesan.", shown)

    def test_every_sample_can_be_drawn(self) -> None:
        for name, make in samples.SAMPLES.items():
            params = make()
            if "MessageSid" not in params or "MessageStatus" in params:
                continue
            with self.subTest(name):
                self.assertTrue(self.shown(params))

    def test_a_quoted_message_is_shown_with_what_quotes_it(self) -> None:
        first = people.message(samples.text("Ada balap liar"))
        shown = self.shown(samples.quote(first.provider_sid or "", "Sudah bubar"))
        self.assertEqual(shown.count("Ada balap liar"), 2)

    def test_words_that_do_not_open_are_said_to_be_unreadable(self) -> None:
        message = people.message(samples.text("Rahasia"))
        Message.objects.filter(pk=message.pk).update(body_sealed=b"\x00\x01broken")
        with self.assertLogs("reports.reading", "ERROR"):
            self.assertIn("tidak dapat dibaca – hubungi admin", words(self.open(message.report)))


class TextTests(DeskTestCase):
    def test_markup_is_text(self) -> None:
        page = self.open(self.arrive('<img src=x onerror="alert(1)">\n</p><script>x</script>')).text
        self.assertNotIn("<img src=x", page)
        self.assertIn("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;\n&lt;/p&gt;", page)

    def test_an_address_is_no_link(self) -> None:
        page = self.open(self.arrive("lihat https://contoh.example/x")).text
        self.assertNotIn('href="https://contoh.example', page)

    def test_lines_stay_as_they_were(self) -> None:
        self.assertIn("satu\n\n  dua", self.open(self.arrive("satu\n\n  dua")).text)


class DeliveryTests(DeskTestCase):
    def sent(self, **columns: object) -> str:
        report = self.arrive()
        message = triage.reply(report, "Petugas menuju lokasi.", by=self.rina)
        Message.objects.filter(pk=message.pk).update(**columns)
        return words(self.open(report))

    def test_every_state_has_its_word(self) -> None:
        for status, word in (
            (Delivery.QUEUED, "antre"),
            (Delivery.SENDING, "mengirim"),
            (Delivery.ACCEPTED, "diserahkan"),
            (Delivery.SENT, "terkirim"),
            (Delivery.DELIVERED, "sampai"),
            (Delivery.READ, "dibaca"),
        ):
            with self.subTest(status):
                self.assertRegex(self.sent(status=status), rf"Rina \d\d\.\d\d {word}")

    def test_a_failure_says_why(self) -> None:
        shown = self.sent(status=Delivery.FAILED, error_code="63016")
        self.assertIn("Tidak sampai. Pesan terakhir pelapor sudah lebih dari 24 jam", shown)
        self.assertNotIn("63016", shown)

    def test_a_doubt_says_what_to_do(self) -> None:
        shown = self.sent(status=Delivery.UNKNOWN)
        self.assertIn("Tanyakan dulu kepada pelapor sebelum mengulangnya.", shown)

    def test_what_is_tried_again_says_so(self) -> None:
        shown = self.sent(status=Delivery.QUEUED, error_code="20429", tries=3)
        self.assertIn("Belum terkirim setelah 3 percobaan", shown)

    def test_what_nobody_wrote_is_marked(self) -> None:
        self.assertIn("otomatis", words(self.open(self.arrive())))


class OrderTests(DeskTestCase):
    def kinds(self, report: Report) -> list[str]:
        return [entry.kind for entry in self.open(report).context["conversation"].entries]

    def test_messages_happenings_and_days_stand_in_time(self) -> None:
        report = people.report(samples.text(), at=timezone.now() - timedelta(days=2))
        claims.claim(report, by=self.rina)
        people.message(samples.text("Masih ada?"))
        report.messages.filter(direction="outbound").delete()
        self.assertEqual(
            self.kinds(report), ["day", "message", "day", "happening", "happening", "message"]
        )

    def test_the_days_are_named(self) -> None:
        yesterday = timezone.now() - timedelta(days=1)
        shown = words(self.open(people.report(samples.text(), at=yesterday)))
        self.assertIn("Kemarin", shown)
        self.assertIn("Hari ini", shown)

    def test_a_long_one_shows_its_newest_messages_and_the_rest_on_demand(self) -> None:
        report = self.arrive()
        report.messages.filter(direction="outbound").delete()
        for n in range(4):
            triage.reply(report, f"Pesan ke-{n}", by=self.rina)
        with mock.patch.object(conversation, "SHOWN", 2):
            page = self.open(report)
            self.assertIn("Tampilkan 3 pesan sebelumnya", words(page))
            self.assertNotIn("Pesan ke-1", page.text)
            self.assertIn("Pesan ke-2", page.text)
            whole = self.open(report, all="")
            self.assertIn("Pesan ke-1", whole.text)
            self.assertNotIn("pesan sebelumnya", words(whole))
