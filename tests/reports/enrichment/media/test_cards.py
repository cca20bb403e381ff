"""Contacts that are passed on: names and numbers, of however old a telephone."""

from reports.enrichment.media import cards
from reports.enrichment.media.derive import derive
from tests.reports.enrichment.media.cases import MediaTestCase

WHATSAPP = """BEGIN:VCARD
VERSION:3.0
N:Santoso;Budi;;;
FN:Budi Santoso
ORG:Bengkel Maju;Cabang Sragen
item1.TEL;waid=6281234567890:+62 812-3456-7890
item1.X-ABLabel:Ponsel
EMAIL;TYPE=WORK:budi@example.com
END:VCARD
"""


def contacts(text: str) -> list[dict[str, object]]:
    derived = derive(text.encode())
    assert derived.card is not None
    return derived.card["contacts"]  # type: ignore[no-any-return]


def minimal(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


class CardTests(MediaTestCase):
    def test_name_company_numbers_and_that_there_is_an_address(self) -> None:
        derived = derive(WHATSAPP.encode())
        self.assertEqual((derived.kind, derived.media_type), ("card", "text/vcard"))
        self.assertEqual(
            contacts(WHATSAPP),
            [
                {
                    "name": "Budi Santoso",
                    "organisation": "Bengkel Maju, Cabang Sragen",
                    "phones": ["+62 812-3456-7890"],
                    "emails": 1,
                }
            ],
        )

    def test_several_in_one_file(self) -> None:
        self.assertEqual([one["name"] for one in contacts(WHATSAPP * 3)], ["Budi Santoso"] * 3)

    def test_more_than_are_shown_are_counted(self) -> None:
        derived = derive((WHATSAPP * 25).encode())
        assert derived.card is not None
        self.assertEqual((len(derived.card["contacts"]), derived.card["more"]), (20, 5))
        self.assertEqual(derived.warnings, ("too_many_contacts",))

    def test_folded_lines_are_put_together(self) -> None:
        (one,) = contacts(minimal("FN:Budi San", " toso", "TEL:0812", "\t3456"))
        self.assertEqual((one["name"], one["phones"]), ("Budi Santoso", ["08123456"]))

    def test_quoted_letters_of_old_telephones(self) -> None:
        (one,) = contacts(
            minimal("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=53=69=74=69 =", "=C3=A9l", "TEL:1")
        )
        self.assertEqual(one["name"], "Siti él")

    def test_without_a_full_name_it_is_put_together(self) -> None:
        (one,) = contacts(minimal("N:Santoso;Budi;;;", "TEL:0812"))
        self.assertEqual(one["name"], "Budi Santoso")

    def test_escapes_and_signs_that_cannot_be_seen(self) -> None:
        (one,) = contacts(minimal("FN:Budi\\, S\\nH \u202e\x07", "TEL:tel:+62812"))
        self.assertEqual((one["name"], one["phones"]), ("Budi, S H", ["+62812"]))

    def test_what_holds_no_contact_is_refused(self) -> None:
        for text in ("BEGIN:VCARD\n", minimal(), "BEGIN:VCARD\nFN:Budi\n"):
            self.assertRefused(text.encode(), "broken")

    def test_of_a_vast_card_the_beginning_is_read(self) -> None:
        for text in (
            "BEGIN:VCARD\n" + " x\n" * 5_000_000,
            "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=\n" + "=\n" * 5_000_000,
            minimal("FN:Budi", *["TEL:0812"] * 500_000),
        ):
            self.assertRefused(text.encode(), "broken")
        first = minimal("FN:Budi", "TEL:0812")
        late = first + "\n" * cards.LONGEST_CARD + minimal("FN:Tuti", "TEL:0813")
        self.assertEqual(contacts(late), contacts(first))

    def test_numbers_and_names_are_not_longer_than_a_line(self) -> None:
        (one,) = contacts(minimal("FN:" + "Budi " * 500, *["TEL:0812"] * 50))
        self.assertLessEqual(len(str(one["name"])), 120)
        self.assertEqual(one["phones"], ["0812"] * 10)
