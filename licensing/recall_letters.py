"""The letters of recalls: that a text was put right or taken back, and the reminders of it.

Whoever holds a licence gets them with its secret link. A partner has no such link: its token is
made of our key and the row, so that none is kept, and it opens the page of this one recall.
"""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles import addresses
from articles.models import Article, Revision
from cms import secret_links
from cms.outbox.actions import enqueue
from licensing import letter_texts, letter_values, passages, request_letters
from licensing.letter_words import Button, Items
from licensing.letters import can_be_sent_to, is_promised
from licensing.models import RecallCause, RecalledCopy
from licensing.passages import Passages
from licensing.recall_words import Said

LETTERS = {
    RecallCause.RETRACTION: "copy_retracted",
    RecallCause.WITHDRAWAL: "copy_withdrawn",
    RecallCause.WITHHOLDING: "copy_withdrawn",
    RecallCause.PICTURE: "copy_picture",
}
REMINDER = "remind_copy"
TO_A_PARTNER, REMINDER_TO_A_PARTNER = "feed_recalled", "remind_feed"
PURPOSE = "licensing.recalled-partner"
# So long a partner may answer.
LASTS = timedelta(days=400)


class Differences:
    """What lies between revisions, worked out once for all who hold the same one."""

    def __init__(self):
        self._found: dict[tuple, Passages] = {}
        self._revisions: dict[int, Revision] = {}

    def of(self, copy: RecalledCopy, language: str, *, at: datetime) -> Passages:
        """What was changed since ``copy`` was granted; nothing of a text that is not public."""
        article, right = copy.recall.article_id, copy.recall.revision_id
        if right is None or copy.revision_id is None:
            return Passages()
        key = (article, copy.revision_id, right, language)
        if key not in self._found:
            self._found[key] = self._between(*key, at=at)
        return self._found[key]

    def _between(self, article: int, held: int, right: int, language: str, *, at) -> Passages:
        if not Article.objects.live(at).filter(pk=article).exists():
            return Passages()
        before, after = self._revision(held), self._revision(right)
        return passages.between(before, after, language=language)

    def _revision(self, key: int) -> Revision:
        if key not in self._revisions:
            self._revisions[key] = Revision.objects.get(pk=key)
        return self._revisions[key]


def tell(copy: RecalledCopy, said: Said, differences: Differences, *, at: datetime) -> bool:
    """To the holder, once for each cause. Returns whether there was anybody to write to."""
    key = f"recalled-copy-{copy.pk}"
    if copy.partner:
        return _tell_partner(copy, TO_A_PARTNER, key, said, differences, at=at)
    letter = LETTERS.get(said.cause, "copy_changed")
    return _tell_licensee(copy, letter, key, said, differences, at=at)


def remind(
    copy: RecalledCopy, said: Said, differences: Differences, *, number: int, at: datetime
) -> bool:
    """To the holder: we have not heard. Returns whether it was written now."""
    key = f"recalled-copy-{copy.pk}-reminder-{number}"
    if copy.partner:
        return _tell_partner(copy, REMINDER_TO_A_PARTNER, key, said, differences, at=at)
    return _tell_licensee(copy, REMINDER, key, said, differences, at=at, day=copy.told_at)


def _tell_licensee(
    copy: RecalledCopy, letter: str, key: str, said: Said, differences, *, at, **told
):
    permission_request = copy.grant.permission_request
    language = letter_texts.language_of(permission_request.language)
    return request_letters.tell(
        permission_request,
        letter,
        at=at,
        key=key,
        place=lambda token: f"{addresses.site()}{path(copy, token)}",
        grant=copy.grant,
        recalled=copy,
        notice=said.notice,
        passages=differences.of(copy, language, at=at),
        **told,
    )


def _tell_partner(
    copy: RecalledCopy, letter: str, key: str, said: Said, differences, *, at
) -> bool:
    partner = copy.partner
    if is_promised(key) or not can_be_sent_to(partner.email):
        return False
    house = request_letters.house_of_ours()
    language = letter_texts.language_of(partner.language)
    place = f"{addresses.site()}{partner_path(copy)}"
    with translation.override(language):
        words = {"what": str(said.what), "todo": str(said.to_do)}
    values = words | {
        "requester": partner.name,
        "articles": Items((f"“{copy.headline}”",)),
        "link": Button(letter_texts.button(letter, language), place),
        "house": house.name if house else letter_texts.phrase("desk", language),
        "day": letter_values.day(copy.told_at, language),
    }
    found = differences.of(copy, language, at=at)
    values |= letter_values.of_recall(copy, said.notice, found, language)
    shown = request_letters.rendered(letter_texts.in_force(letter, language), values)
    enqueue(
        to=partner.email,
        subject=shown["subject"],
        template=request_letters.TEMPLATE,
        context=shown,
        language=language,
        key=key,
        reply_to=request_letters.desk_address(house),
    )
    return True


# --- Where they lead --------------------------------------------------------------------------


def path(copy: RecalledCopy, token: str) -> str:
    """The page on which the holder of a licence sees what was changed, and answers."""
    return reverse("licensing:recalled_copy", args=[token, copy.pk])


def partner_path(copy: RecalledCopy) -> str:
    """The same for a partner."""
    return reverse("licensing:recalled_partner", args=[_token(copy), copy.pk])


def is_token_of(copy: RecalledCopy, token: str) -> bool:
    """Whether ``token`` is that of this partner. It ends with the address that it was sent to."""
    return hmac.compare_digest(_token(copy).encode(), token.encode())


def _token(copy: RecalledCopy) -> str:
    seed = f"{copy.pk}:{copy.partner.email}"
    return secret_links.token_from(seed, key=settings.SECRET_KEY, purpose=PURPOSE)
