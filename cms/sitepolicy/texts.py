"""The house texts a page shows, in its own language or else in the site's: one query."""

from collections.abc import Mapping
from datetime import datetime
from html import unescape

from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import strip_tags

from cms.sitepolicy.models import FRAME, PLAIN, Kind, SitePolicy

# A site has a name before anybody has given it one.
UNWRITTEN = {Kind.MASTHEAD: "Imprimatur"}


class HouseTexts(Mapping):
    """Kind → wording, for one language. A kind that has no text is absent and reads as ``""``, the
    masthead as the name of the software.
    """

    def __init__(self, wordings: dict[str, str], languages: dict[str, str]):
        self._wordings = wordings
        self.languages = languages

    def __getitem__(self, kind: str) -> str:
        return self.written(kind) or UNWRITTEN.get(kind, "")

    def written(self, kind: str) -> str:
        """What the house itself wrote; ``""`` where it wrote nothing."""
        return self._wordings.get(kind, "")

    def __iter__(self):
        return iter(self._wordings)

    def __len__(self):
        return len(self._wordings)


def house_texts(*, language: str = "", at: datetime | None = None) -> HouseTexts:
    """The texts in force at ``at`` for ``language`` (BCP 47), else for that which the page speaks;
    the site's language fills gaps.

    What frames every page (masthead, tagline, about) speaks as the page does, whatever the text in
    it is written in.

    Plain kinds (masthead, tagline) come as plain text, the others as sanitised HTML.
    """
    frame = translation.get_language() or settings.LANGUAGE_CODE
    language = language or frame
    base = language.split("-")[0]
    wanted = [settings.LANGUAGE_CODE, base, language]
    rows = SitePolicy.objects.in_force(at).filter(language__in=set(wanted))
    wordings, languages = {}, {}
    for row in sorted(rows, key=lambda row: wanted.index(row.language)):
        if row.kind in FRAME and row.language not in (settings.LANGUAGE_CODE, frame):
            continue
        wordings[row.kind] = (
            unescape(strip_tags(row.text)).strip() if row.kind in PLAIN else row.text
        )
        languages[row.kind] = row.language
    return HouseTexts(wordings, languages)


def versions(*, kind: str, language: str, at: datetime | None = None) -> list[SitePolicy]:
    """The wordings of one text that count or have counted by ``at``, newest first."""
    return list(
        SitePolicy.objects.filter(
            kind=kind, language=language, valid_from__lte=at or timezone.now()
        ).order_by("-version")
    )
