"""The words of rights: uses, verdicts, the reasons behind an answer. Knows no row and no format."""

from enum import StrEnum
from typing import NamedTuple


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
    Use.EXCERPT: ("Quote an excerpt", "Headline, link and a short quotation."),
    Use.COMMUNITY_WEB: (
        "Cross-post on a community site",
        "The whole article on a non-commercial internet site.",
    ),
    Use.COMMERCIAL_WEB: (
        "Publish on a commercial site",
        "The article on a site that earns money, by advertising too.",
    ),
    Use.PRINT: ("Publish in print", "The article in a book, magazine, newspaper or leaflet."),
    Use.TRANSLATION: ("Translate", "The article in another language."),
    Use.ADAPTATION: ("Cut or edit", "The article shortened or changed."),
    Use.EDUCATION: ("Use in teaching", "Copies for a class, course pack or reading list."),
    Use.BROADCAST: ("Broadcast", "The article read or shown on radio, television or a podcast."),
    Use.SEARCH_INDEX: ("Index for search", "A search engine lists the article with a snippet."),
    Use.AI_INPUT: ("Feed to an AI for answers", "An AI reads the article to ground an answer."),
    Use.AI_TRAINING: ("Train an AI", "The article becomes part of what a model is trained on."),
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
    Carriage.WEB: "publication on our website",
    Carriage.PRINT: "publication in our printed editions",
    Carriage.NEWSLETTER: "sending it in our newsletters",
    Carriage.TRANSLATION: "translating it",
    Carriage.ADAPTATION: "cutting and editing it",
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
    Verdict.GRANTED: ("Allowed", "Take it, under the conditions named."),
    Verdict.ASK: ("Ask us", "Ours to permit, on request."),
    Verdict.REFER: ("Ask the rights holder", "Not ours to permit."),
    Verdict.REFUSED: ("Not allowed", "Nobody may do this through us."),
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
