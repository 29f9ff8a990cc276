"""What readers are shown of a decision: a word, a sentence, the reasons behind it, whom to ask."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import languages
from articles.darkroom import Picture
from articles.models import Image
from articles.pages import ArticlePage
from licensing.rights.conditions import Kind
from licensing.rights.decide import Decision, ElementDecision, decide_all
from licensing.rights.facts import Party, Rule
from licensing.rights.questions import ASKABLE
from licensing.rights.vocabulary import MACHINE_USES, Rung, Use, Verdict
from licensing.sentences import decision_sentence, rule_sentence
from licensing.snapshot import picture_key
from licensing.statements import Rights, form_address, rights_of
from licensing.wording import said, use_meaning, use_name, verdict_word

# What most people want to know, in the order in which they are told.
MAIN_USES = (Use.COMMUNITY_WEB, Use.COMMERCIAL_WEB, Use.PRINT)
STEPS = {
    Rung.VISIBILITY: gettext_lazy("Is it public?"),
    Rung.TITLE: gettext_lazy("Chain of title"),
    Rung.GRANT: gettext_lazy("Grant"),
    Rung.TERMS: gettext_lazy("Terms"),
    Rung.TIME: gettext_lazy("Time"),
    Rung.ELEMENTS: gettext_lazy("Pictures"),
}


def rights_for(page: ArticlePage) -> Rights:
    """The rights in the article on ``page``, worked out once, in the language of its fixed words.

    Of an article that is not public yet: as they would be if it were.
    """
    if "rights" not in page.worked_out:
        with translation.override(languages.spoken(page.article.language)):
            page.worked_out["rights"] = _rights(page)
    return page.worked_out["rights"]


def _rights(page: ArticlePage) -> Rights:
    rights = rights_of(page.article, at=page.at)
    if page.article.is_live(page.at):
        return rights
    facts = replace(rights.snapshot, is_released=True, published_at=page.at, embargo_until=None)
    return Rights(facts, decide_all(facts, page.at), page.at)


@dataclass(frozen=True)
class Answer:
    """One use, as a reader is answered."""

    use: Use
    verdict: Verdict
    sentence: str
    conditions: tuple[str, ...] = ()
    # The steps of the working-out in their order: what was asked, and what came of it.
    reasons: tuple[tuple[str, str], ...] = ()
    whom: Party | None = None

    @property
    def name(self) -> str:
        return use_name(self.use)

    @property
    def meaning(self) -> str:
        return use_meaning(self.use)

    @property
    def word(self) -> str:
        return verdict_word(self.verdict)

    @property
    def can_be_asked_for(self) -> bool:
        """Whether the form for permissions leads to an answer."""
        return self.verdict is Verdict.ASK and self.use in ASKABLE

    @property
    def linked(self) -> SafeString:
        """The sentence, with the address of whom to ask as a link."""
        return linked(self.sentence, self.whom)


def linked(sentence: str, whom: Party | None) -> SafeString:
    """``sentence`` as HTML, the address of ``whom`` in it a link."""
    address = (whom.contact or whom.url) if whom else ""
    before, found, after = sentence.partition(address) if address else (sentence, "", "")
    if not found:
        return format_html("{}", sentence)
    url = f"mailto:{address}" if whom.contact else address
    return format_html('{}<a href="{}">{}</a>{}', before, url, address, after)


def answer(decision: Decision) -> Answer:
    """``decision`` in words."""
    order = list(Rung)
    reasons = sorted(decision.reasons, key=lambda reason: order.index(reason.rung))
    return Answer(
        decision.use,
        decision.verdict,
        decision_sentence(decision),
        tuple(_sentence(said(entry)) for entry in decision.conditions),
        tuple((str(STEPS[reason.rung]), said(reason)) for reason in reasons),
        decision.whom,
    )


def by_terms(use: Use, rule: Rule | None, *, contact: str = "") -> Answer:
    """What terms answer by themselves, of whatever article. What they do not name is asked for."""
    rule = rule or Rule(Verdict.ASK)
    return Answer(
        use,
        rule.verdict,
        rule_sentence(use, rule, contact=contact),
        tuple(_sentence(said(entry)) for entry in rule.conditions),
        whom=Party("", contact) if contact else None,
    )


def _sentence(clause: str) -> str:
    """“Name the source.”"""
    return f"{clause[:1].upper()}{clause[1:]}."


def main_answers(rights: Rights) -> list[Answer]:
    """What most people want to know."""
    return [answer(rights.decisions[use]) for use in MAIN_USES]


def other_answers(rights: Rights) -> list[Answer]:
    """The rest, in the order of the vocabulary."""
    return [answer(rights.decisions[use]) for use in Use if use not in MAIN_USES]


# --- Whom to ask ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asking:
    """Somebody to ask, and for what: ``(use, address or "")`` each. The address leads to our own
    form where it is us, else it opens a letter.
    """

    party: Party
    uses: list[tuple[str, str]]
    is_us: bool = False


def letter(party: Party, *, use: Use, headline: str, url: str) -> str:
    """A mailto address with subject and body filled in; ``""`` where no mail address is known."""
    if not party.contact:
        return ""
    subject = f"{use_name(use)}: {headline}"
    body = _("I would like to ask for permission: {use}.").format(use=use_name(use))
    body = f"{body}\r\n\r\n{headline}\r\n{url}\r\n"
    to = quote(party.contact, safe="@")
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def whom_to_ask(rights: Rights, *, headline: str, url: str, slug: str) -> list[Asking]:
    """Those who can say yes where we have not said it already; we ourselves first."""
    desk = rights.snapshot.desk
    found: dict[Party, list[tuple[str, str]]] = {desk: []}
    for use, decision in rights.decisions.items():
        for party in () if use in MACHINE_USES else _who_can_permit(decision):
            if party == desk:
                address = form_address(slug, use)
            else:
                address = letter(party, use=use, headline=headline, url=url)
            found.setdefault(party, []).append((use_name(use), address))
    asked = [Asking(party, uses, party == desk) for party, uses in found.items() if uses]
    return asked or [Asking(desk, [], is_us=True)]


def _who_can_permit(decision: Decision) -> list[Party]:
    """All who have to be asked: a translation needs its translator's leave and the author's."""
    named = [
        party
        for reason in decision.reasons
        if reason.rung is Rung.TITLE and "{holder}" in reason.sentence.pattern
        for name, party in reason.sentence.facts
        if name == "holder"
    ]
    return list(dict.fromkeys(filter(None, [decision.whom, *named]))) if decision.whom else []


# --- Pictures ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class PictureAnswer:
    """What holds for one picture beside the text. ``shot``: ``None`` where it is hidden now."""

    image: Image
    shot: Picture | None
    verdict: Verdict
    is_left_out: bool
    reasons: tuple[str, ...]
    # Of uses with another answer: (use, word).
    others: tuple[tuple[str, str], ...]

    @property
    def word(self) -> str:
        return verdict_word(self.verdict)


def picture_answers(page: ArticlePage, rights: Rights) -> list[PictureAnswer]:
    """One answer for each picture: for a cross-post, and where another use differs."""
    shots = {shot.image.pk: shot for shot in [page.featured, *page.gallery] if shot}
    found = []
    for image in page.article.pictures():
        single = {use: _of(decision, image) for use, decision in rights.decisions.items()}
        decision = rights.decisions[Use.COMMUNITY_WEB]
        if (own := single[Use.COMMUNITY_WEB]) is None:
            continue
        found.append(
            PictureAnswer(
                image,
                shots.get(image.pk),
                own.verdict,
                own in decision.left_out,
                _why(decision, own),
                tuple(
                    (use_name(use), verdict_word(one.verdict))
                    for use, one in single.items()
                    if one and one.verdict is not own.verdict and use not in MACHINE_USES
                ),
            )
        )
    return found


def _of(decision: Decision, image: Image) -> ElementDecision | None:
    key = picture_key(image)
    return next((one for one in decision.elements if one.element.key == key), None)


def _why(decision: Decision, own: ElementDecision) -> tuple[str, ...]:
    if own in decision.left_out and any(e.kind is Kind.NO_IMAGES for e in decision.conditions):
        return (_("The conditions for the text leave the pictures out."),)
    return tuple(said(reason) for reason in own.reasons)
