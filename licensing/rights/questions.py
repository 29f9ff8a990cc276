"""What each use has to be told before it can be permitted: one table, which the form, the desk, the
price, the licence and its certificate all read. English; whoever shows it translates it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

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
    "hardback": "Hardback",
    "paperback": "Paperback",
    "magazine": "Magazine",
    "newspaper": "Newspaper",
    "leaflet": "Leaflet or poster",
    "ebook": "E-book",
    "audiobook": "Audiobook",
    "app": "App",
    "other": "Another format",
}
PORTIONS = {"whole": "The whole article", "excerpt": "A part of it"}
TERMS = {
    "30": "30 days",
    "90": "90 days",
    "365": "One year",
    "1095": "Three years",
    "1825": "Five years",
    "unlimited": "Without an end",
}
MEDIA = {"print": "In print", "web": "On a website", "both": "In print and on a website"}
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
    "In which countries",
    "Choose the countries. Nothing chosen: the whole world.",
)
_LANGUAGES = Question(
    "languages",
    Takes.LANGUAGES,
    "In which languages",
    "Nothing chosen: the language of the article.",
)
_PORTION = Question("portion", Takes.CHOICE, "How much of it", is_required=True, choices=PORTIONS)
_WORDS = Question(
    "words",
    Takes.NUMBER,
    "About how many words",
    most=MOST_WORDS,
    only_where=("portion", "excerpt"),
)
_DATE = Question("publication_date", Takes.DATE, "When it will be published")
_URL = Question(
    "url",
    Takes.URL,
    "Address of the site or page",
    "Where the copy will stand, as far as you know it.",
    is_required=True,
)
_POSTED_FOR = Question(
    "posted_for",
    Takes.CHOICE,
    "How long it will stay there",
    is_required=True,
    choices=TERMS,
)
_PAYWALL = Question("paywall", Takes.YES_NO, "Do readers have to pay for it?", is_required=True)
_ADS = Question("ads", Takes.YES_NO, "Will there be advertising on the page?", is_required=True)
_COPIES = Question(
    "copies", Takes.NUMBER, "How many copies, or people", is_required=True, most=MOST_COPIES
)

QUESTIONS: dict[Use, tuple[Question, ...]] = {
    Use.EXCERPT: (
        _title("Where it will be quoted", "Name of the book, page or programme."),
        Question("words", Takes.NUMBER, "About how many words", is_required=True, most=MOST_WORDS),
        _DATE,
    ),
    Use.COMMUNITY_WEB: (_URL, _POSTED_FOR, _ADS, _DATE),
    Use.COMMERCIAL_WEB: (_URL, _POSTED_FOR, _PAYWALL, _ADS, _TERRITORIES, _LANGUAGES, _DATE),
    Use.PRINT: (
        _title("Title of the publication", "The book, magazine or newspaper that it will be in."),
        Question("publisher", Takes.LINE, "Publisher", is_required=True),
        Question("edition", Takes.LINE, "Edition or issue"),
        Question("isbn", Takes.ISBN, "ISBN", "Of a book, as far as it is known."),
        Question("issn", Takes.ISSN, "ISSN", "Of a magazine or newspaper."),
        Question(
            "runs",
            Takes.RUNS,
            "Formats and copies",
            "Each format with its print run, and its price if it is sold. A format that is not "
            "named is not permitted.",
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
        Question("language", Takes.LANGUAGE, "Into which language", is_required=True),
        Question("translator", Takes.LINE, "Who translates"),
        Question(
            "medium", Takes.CHOICE, "Where it will be published", is_required=True, choices=MEDIA
        ),
        _title("Name of the site or publication"),
        Question("url", Takes.URL, "Address of the site"),
        Question("copies", Takes.NUMBER, "Print run, if it is printed", most=MOST_COPIES),
        _TERRITORIES,
        _DATE,
    ),
    Use.ADAPTATION: (
        Question(
            "changes",
            Takes.TEXT,
            "What you want to cut or change",
            "The author has a say in changes; the clearer, the sooner we can answer.",
            is_required=True,
            most=4000,
        ),
        Question(
            "medium", Takes.CHOICE, "Where it will be published", is_required=True, choices=MEDIA
        ),
        _title("Name of the site or publication"),
        Question("url", Takes.URL, "Address of the site"),
        Question("copies", Takes.NUMBER, "Print run, if it is printed", most=MOST_COPIES),
        _TERRITORIES,
        _DATE,
    ),
    Use.EDUCATION: (
        Question("institution", Takes.LINE, "School or institution", is_required=True),
        _title("Course or reading list"),
        _COPIES,
        Question(
            "medium",
            Takes.CHOICE,
            "How it is given out",
            is_required=True,
            choices={
                "print": "On paper",
                "web": "Online, for the course only",
                "both": "Both",
            },
        ),
        _PORTION,
        _WORDS,
        Question("posted_for", Takes.CHOICE, "For how long", is_required=True, choices=TERMS),
    ),
    Use.BROADCAST: (
        _title("Programme"),
        Question("station", Takes.LINE, "Station, channel or podcast", is_required=True),
        Question(
            "medium",
            Takes.CHOICE,
            "How it is sent out",
            is_required=True,
            choices={
                "radio": "Radio",
                "television": "Television",
                "podcast": "Podcast",
                "stream": "Stream or video platform",
            },
        ),
        _PORTION,
        _TERRITORIES,
        Question("publication_date", Takes.DATE, "When it will be broadcast"),
    ),
    Use.AI_INPUT: (
        _title("Name of the service"),
        Question("purpose", Takes.TEXT, "What it does with the text", is_required=True, most=4000),
        _POSTED_FOR,
    ),
    Use.AI_TRAINING: (
        _title("Name of the model or data set"),
        Question("purpose", Takes.TEXT, "What it is trained for", is_required=True, most=4000),
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
    RequesterKind.NON_COMMERCIAL: "A non-commercial outlet or group",
    RequesterKind.COMMERCIAL: "A commercial outlet or company",
    RequesterKind.PUBLISHER: "A book or magazine publisher",
    RequesterKind.ACADEMIC: "A school, university or researcher",
}
