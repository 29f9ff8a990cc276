"""The words of rights: uses, verdicts, the reasons behind an answer. Knows no row and no format."""

from enum import StrEnum
from typing import NamedTuple

from licensing.rights.marking import marked as _


class Use(StrEnum):
    """What somebody may want to do with an article of ours."""

    EXCERPT = "excerpt"
    COMMUNITY_WEB = "community_web"
    COMMERCIAL_WEB = "commercial_web"
    PRINT = "print"
    TRANSLATION = "translation"
    ADAPTATION = "adaptation"
    EDUCATION = "education"
    BROADCAST = "broadcast"
    SEARCH_INDEX = "search_index"
    AI_INPUT = "ai_input"
    AI_TRAINING = "ai_training"


# Use → (name, what it means). English; whoever shows them translates them.
USES: dict[Use, tuple[str, str]] = {
    Use.EXCERPT: (_("Quote an excerpt"), _("Headline, link and a short quotation.")),
    Use.COMMUNITY_WEB: (
        _("Cross-post on a community site"),
        _("The whole article on a non-commercial internet site."),
    ),
    Use.COMMERCIAL_WEB: (
        _("Publish on a commercial site"),
        _("The article on a site that earns money, by advertising too."),
    ),
    Use.PRINT: (_("Publish in print"), _("The article in a book, magazine, newspaper or leaflet.")),
    Use.TRANSLATION: (_("Translate"), _("The article in another language.")),
    Use.ADAPTATION: (_("Cut or edit"), _("The article shortened or changed.")),
    Use.EDUCATION: (_("Use in teaching"), _("Copies for a class, course pack or reading list.")),
    Use.BROADCAST: (
        _("Broadcast"),
        _("The article read or shown on radio, television or a podcast."),
    ),
    Use.SEARCH_INDEX: (
        _("Index for search"),
        _("A search engine lists the article with a snippet."),
    ),
    Use.AI_INPUT: (
        _("Feed to an AI for answers"),
        _("An AI reads the article to ground an answer."),
    ),
    Use.AI_TRAINING: (
        _("Train an AI"),
        _("The article becomes part of what a model is trained on."),
    ),
}
# Uses that machines make by themselves; nobody fills in a form for them.
MACHINE_USES = (Use.SEARCH_INDEX, Use.AI_INPUT, Use.AI_TRAINING)


class Carriage(StrEnum):
    """What we ourselves do with a text that somebody else holds the rights in."""

    WEB = "web"
    PRINT = "print"
    NEWSLETTER = "newsletter"
    TRANSLATION = "translation"
    ADAPTATION = "adaptation"


CARRIAGES: dict[Carriage, str] = {
    Carriage.WEB: _("publication on our website"),
    Carriage.PRINT: _("publication in our printed editions"),
    Carriage.NEWSLETTER: _("sending it in our newsletters"),
    Carriage.TRANSLATION: _("translating it"),
    Carriage.ADAPTATION: _("cutting and editing it"),
}


class Verdict(StrEnum):
    """The answer. The stricter one binds where two meet."""

    GRANTED = "granted"
    ASK = "ask"
    REFER = "refer"
    REFUSED = "refused"


STRICTNESS = {verdict: place for place, verdict in enumerate(Verdict)}
# Verdict → (word, what the reader gets).
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.GRANTED: (_("Allowed"), _("Take it, under the conditions named.")),
    Verdict.ASK: (_("Ask us"), _("Ours to permit, on request.")),
    Verdict.REFER: (_("Ask the rights holder"), _("Not ours to permit.")),
    Verdict.REFUSED: (_("Not allowed"), _("Nobody may do this through us.")),
}


class Basis(StrEnum):
    """Why we may carry a text."""

    OWN_WORK = "own_work"
    ASSIGNMENT = "assignment"
    PERMISSION = "permission"
    AGREEMENT = "agreement"
    OPEN_LICENCE = "open_licence"
    PUBLIC_DOMAIN = "public_domain"
    FAIR_USE = "fair_use"


class Sentence(NamedTuple):
    """Something said of a decision: a pattern with named places, and what stands in them.

    ``str()`` says it in English. A translator looks up ``pattern`` and fills in ``facts``.
    """

    pattern: str
    facts: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.pattern.format(**dict(self.facts))


class Rung(StrEnum):
    """Which step of the working-out a reason comes from, in the order in which they are asked."""

    VISIBILITY = "visibility"
    TITLE = "title"
    GRANT = "grant"
    TERMS = "terms"
    TIME = "time"
    ELEMENTS = "elements"


class Reason(NamedTuple):
    """One step of the working-out, as a person can read it."""

    rung: Rung
    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)
