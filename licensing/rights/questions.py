"""What each use has to be told before it can be permitted: one table, which the form, the desk, the
price, the licence and its certificate all read. English; whoever shows it translates it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Use


class Takes(StrEnum):
    """What kind of answer a question takes."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    COUNTRIES = "countries"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    DATE = "date"
    YES_NO = "yes_no"
    URL = "url"
    ISBN = "isbn"
    ISSN = "issn"
    # Format by format: how many copies, at what price.
    RUNS = "runs"


# A format that is not named on a licence is not permitted.
FORMATS: dict[str, str] = {
    "hardback": _("Hardback"),
    "paperback": _("Paperback"),
    "magazine": _("Magazine"),
    "newspaper": _("Newspaper"),
    "leaflet": _("Leaflet or poster"),
    "ebook": _("E-book"),
    "audiobook": _("Audiobook"),
    "app": _("App"),
    "other": _("Another format"),
}
PORTIONS = {"whole": _("The whole article"), "excerpt": _("A part of it")}
TERMS = {
    "30": _("30 days"),
    "90": _("90 days"),
    "365": _("One year"),
    "1095": _("Three years"),
    "1825": _("Five years"),
    "unlimited": _("Without an end"),
}
MEDIA = {"print": _("In print"), "web": _("On a website"), "both": _("In print and on a website")}
MOST_COPIES = 100_000_000
MOST_WORDS = 1_000_000


@dataclass(frozen=True)
class Question:
    """One thing that a use has to be told. ``choices``: value → label."""

    name: str
    takes: Takes
    label: str
    help_text: str = ""
    is_required: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    # The largest number, or the longest line.
    most: int = 300
    # Asked only where another answer is this: (name, value).
    only_where: tuple[str, str] | None = None


def _title(label: str, help_text: str = "") -> Question:
    return Question("title", Takes.LINE, label, help_text, is_required=True)


_TERRITORIES = Question(
    "territories",
    Takes.COUNTRIES,
    _("In which countries"),
    _("Choose the countries. Nothing chosen: the whole world."),
)
_LANGUAGES = Question(
    "languages",
    Takes.LANGUAGES,
    _("In which languages"),
    _("Nothing chosen: the language of the article."),
)
_PORTION = Question(
    "portion", Takes.CHOICE, _("How much of it"), is_required=True, choices=PORTIONS
)
_WORDS = Question(
    "words",
    Takes.NUMBER,
    _("About how many words"),
    most=MOST_WORDS,
    only_where=("portion", "excerpt"),
)
_DATE = Question("publication_date", Takes.DATE, _("When it will be published"))
_URL = Question(
    "url",
    Takes.URL,
    _("Address of the site or page"),
    _("Where the copy will stand, as far as you know it."),
    is_required=True,
)
_POSTED_FOR = Question(
    "posted_for",
    Takes.CHOICE,
    _("How long it will stay there"),
    is_required=True,
    choices=TERMS,
)
_PAYWALL = Question("paywall", Takes.YES_NO, _("Do readers have to pay for it?"), is_required=True)
_ADS = Question("ads", Takes.YES_NO, _("Will there be advertising on the page?"), is_required=True)
_COPIES = Question(
    "copies", Takes.NUMBER, _("How many copies, or people"), is_required=True, most=MOST_COPIES
)

QUESTIONS: dict[Use, tuple[Question, ...]] = {
    Use.EXCERPT: (
        _title(_("Where it will be quoted"), _("Name of the book, page or programme.")),
        Question(
            "words", Takes.NUMBER, _("About how many words"), is_required=True, most=MOST_WORDS
        ),
        _DATE,
    ),
    Use.COMMUNITY_WEB: (_URL, _POSTED_FOR, _ADS, _DATE),
    Use.COMMERCIAL_WEB: (_URL, _POSTED_FOR, _PAYWALL, _ADS, _TERRITORIES, _LANGUAGES, _DATE),
    Use.PRINT: (
        _title(
            _("Title of the publication"), _("The book, magazine or newspaper that it will be in.")
        ),
        Question("publisher", Takes.LINE, _("Publisher"), is_required=True),
        Question("edition", Takes.LINE, _("Edition or issue")),
        Question("isbn", Takes.ISBN, _("ISBN"), _("Of a book, as far as it is known.")),
        Question("issn", Takes.ISSN, _("ISSN"), _("Of a magazine or newspaper.")),
        Question(
            "runs",
            Takes.RUNS,
            _("Formats and copies"),
            _(
                "Each format with its print run, and its price if it is sold. A format that is not "
                "named is not permitted."
            ),
            is_required=True,
            choices=FORMATS,
            most=MOST_COPIES,
        ),
        _PORTION,
        _WORDS,
        _TERRITORIES,
        _LANGUAGES,
        _DATE,
    ),
    Use.TRANSLATION: (
        Question("language", Takes.LANGUAGE, _("Into which language"), is_required=True),
        Question("translator", Takes.LINE, _("Who translates")),
        Question(
            "medium", Takes.CHOICE, _("Where it will be published"), is_required=True, choices=MEDIA
        ),
        _title(_("Name of the site or publication")),
        Question("url", Takes.URL, _("Address of the site")),
        Question("copies", Takes.NUMBER, _("Print run, if it is printed"), most=MOST_COPIES),
        _TERRITORIES,
        _DATE,
    ),
    Use.ADAPTATION: (
        Question(
            "changes",
            Takes.TEXT,
            _("What you want to cut or change"),
            _("The author has a say in changes; the clearer, the sooner we can answer."),
            is_required=True,
            most=4000,
        ),
        Question(
            "medium", Takes.CHOICE, _("Where it will be published"), is_required=True, choices=MEDIA
        ),
        _title(_("Name of the site or publication")),
        Question("url", Takes.URL, _("Address of the site")),
        Question("copies", Takes.NUMBER, _("Print run, if it is printed"), most=MOST_COPIES),
        _TERRITORIES,
        _DATE,
    ),
    Use.EDUCATION: (
        Question("institution", Takes.LINE, _("School or institution"), is_required=True),
        _title(_("Course or reading list")),
        _COPIES,
        Question(
            "medium",
            Takes.CHOICE,
            _("How it is given out"),
            is_required=True,
            choices={
                "print": _("On paper"),
                "web": _("Online, for the course only"),
                "both": _("Both"),
            },
        ),
        _PORTION,
        _WORDS,
        Question("posted_for", Takes.CHOICE, _("For how long"), is_required=True, choices=TERMS),
    ),
    Use.BROADCAST: (
        _title(_("Programme")),
        Question("station", Takes.LINE, _("Station, channel or podcast"), is_required=True),
        Question(
            "medium",
            Takes.CHOICE,
            _("How it is sent out"),
            is_required=True,
            choices={
                "radio": _("Radio"),
                "television": _("Television"),
                "podcast": _("Podcast"),
                "stream": _("Stream or video platform"),
            },
        ),
        _PORTION,
        _TERRITORIES,
        Question("publication_date", Takes.DATE, _("When it will be broadcast")),
    ),
    Use.AI_INPUT: (
        _title(_("Name of the service")),
        Question(
            "purpose", Takes.TEXT, _("What it does with the text"), is_required=True, most=4000
        ),
        _POSTED_FOR,
    ),
    Use.AI_TRAINING: (
        _title(_("Name of the model or data set")),
        Question("purpose", Takes.TEXT, _("What it is trained for"), is_required=True, most=4000),
        _POSTED_FOR,
    ),
}
# What somebody can ask for with a form; a search engine asks nobody.
ASKABLE = tuple(QUESTIONS)


class RequesterKind(StrEnum):
    """Who asks; it moves fees and rules."""

    NON_COMMERCIAL = "non_commercial"
    COMMERCIAL = "commercial"
    PUBLISHER = "publisher"
    ACADEMIC = "academic"


REQUESTER_KINDS: dict[RequesterKind, str] = {
    RequesterKind.NON_COMMERCIAL: _("A non-commercial outlet or group"),
    RequesterKind.COMMERCIAL: _("A commercial outlet or company"),
    RequesterKind.PUBLISHER: _("A book or magazine publisher"),
    RequesterKind.ACADEMIC: _("A school, university or researcher"),
}
