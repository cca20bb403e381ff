"""The wall says where somebody's name stands in a text, and never what it is."""

from reports.identity import names, vault
from reports.identity.people import identify
from tests.reports.identity.test_people import PeopleTestCase, who


class WhereNamedTests(PeopleTestCase):
    def found(self, name: str, text: str, **options: object) -> list[str]:
        (found,) = identify([who(phone="+6281234567890", name=name)])
        places = names.where_named(found.identity_id, text, **options)  # type: ignore[arg-type]
        return [text[start:end] for start, end in places]

    def test_every_word_of_it_wherever_it_stands(self) -> None:
        text = "Ini Budi. santoso di sini, bukan budiman"
        self.assertEqual(self.found("Budi Santoso", text), ["Budi", "santoso"])

    def test_also_written_together(self) -> None:
        self.assertEqual(self.found("Budi Santoso", "ig budisantoso"), ["budisantoso"])

    def test_fancy_letters_are_read_as_plain_ones(self) -> None:
        self.assertEqual(self.found("𝓑𝓾𝓭𝓲 ★", "saya budi"), ["budi"])

    def test_common_words_signs_and_figures_are_no_name(self) -> None:
        text = "Toko warga Sragen 0812, ada ibu di jalan"
        self.assertEqual(self.found("Toko Ibu Sragen 0812 🙂", text), [])

    def test_names_of_the_place_are_left_out_where_asked(self) -> None:
        self.assertEqual(self.found("Sri Gesi", "Sri di Gesi", but={"Gesi"}), ["Sri"])

    def test_without_a_name_or_without_its_key_it_stands_nowhere(self) -> None:
        self.assertEqual(self.found("", "Budi"), [])
        (found,) = identify([who(phone="+6281234567891", name="Budi")])
        vault.destroy([found.identity_id])
        self.assertEqual(names.where_named(found.identity_id, "Budi"), [])
