"""Where somebody's own name stands in a text, without the name itself."""

import re
import unicodedata
from collections.abc import Collection
from uuid import UUID

from reports.identity import vault
from reports.identity.models import Identity

WORD = re.compile(r"[^\W\d_]{3,}")
COMMON = frozenset(
    """
    admin anak bang bapak bengkel bude bunda dan dari dek desa ibu indonesia jalan jawa kang mama mas mbah mbak mobil motor
    official om orang pak pakde papa polisi polres polsek solo sragen surakarta tengah toko untuk warga warung yang
    """.split()
)
"""Words in a name that tell nothing: taken for one, they would be torn out of every text."""


def where_named(
    identity_id: UUID, text: str, *, but: Collection[str] = ()
) -> list[tuple[int, int]]:
    """Begin and end of every word of the name that this person goes by, wherever it stands in the text; common words, and
    those in `but`, are left out. Nowhere when the name does not open any more. Two queries."""
    sealed = Identity.objects.filter(pk=identity_id).values_list("profile_name_sealed", flat=True)
    try:
        box = vault.box_of("identity", identity_id)
        name = box.open("identity.profile_name", identity_id, sealed.first() or b"").expose()
    except vault.Unreadable:
        return []
    # Names come in letters of every shape: bold, slanted, in circles.
    words = WORD.findall(unicodedata.normalize("NFKC", name).lower())
    telling = set(words) - COMMON - {word.lower() for word in but}
    if not telling:
        return []
    whole = {"".join(words)} if len(words) > 1 else set()
    said = "|".join(re.escape(word) for word in sorted(telling | whole, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{said})(?!\w)", text, re.IGNORECASE)
    return [one.span() for one in found]
