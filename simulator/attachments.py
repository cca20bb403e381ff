"""A file as a telephone hands it over, and the kind it makes itself: a contact card."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """The bytes, their content type, and the name the citizen sees."""

    content: bytes
    content_type: str
    name: str


def contact_card(name: str, phone: str) -> Attachment:
    """A vCard with one number."""
    escaped = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    number = phone.replace(" ", "")
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\n"
        f"N:;{escaped};;;\r\nFN:{escaped}\r\n"
        f"TEL;type=CELL:{number}\r\nEND:VCARD\r\n"
    )
    return Attachment(card.encode(), "text/vcard", f"{name}.vcf")
