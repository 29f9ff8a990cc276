"""Why nothing of ours was seen at an address, and what each kind means for the next look.

Pure; whoever shows a sentence looks it up in the reader's language (``licensing.wording``).
"""

from enum import StrEnum

from licensing.rights.marking import marked as _
from licensing.rights.vocabulary import Sentence


class Failure(StrEnum):
    """Kinds of a look that came to nothing; the first are those of ``cms.fetching.Why``."""

    NO_ADDRESS = "no_address"
    NOT_PUBLIC = "not_public"
    UNKNOWN_HOST = "unknown_host"
    TIME_IS_UP = "time_is_up"
    UNTRUSTED = "untrusted"
    NO_ANSWER = "no_answer"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_WELCOME = "not_welcome"
    NOT_FOUND = "not_found"
    GONE = "gone"
    NOT_ADMITTED = "not_admitted"
    SERVER_ERROR = "server_error"
    ODD_ANSWER = "odd_answer"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    NOT_HTML = "not_html"
    EMPTY = "empty"
    SOFT_404 = "soft_404"
    COOKIE_WALL = "cookie_wall"
    OTHER_TEXT = "other_text"


SENTENCES: dict[Failure, str] = {
    Failure.NO_ADDRESS: _("The address leads to something that is no address."),
    Failure.NOT_PUBLIC: _("The address leads to a place that is not on the open net."),
    Failure.UNKNOWN_HOST: _("Nobody knows this host."),
    Failure.TIME_IS_UP: _("The page did not come within the time that a look has."),
    Failure.UNTRUSTED: _("The certificate of the site cannot be trusted."),
    Failure.NO_ANSWER: _("The site did not answer."),
    Failure.TOO_MANY_REDIRECTS: _("One address leads to the next without end."),
    Failure.NOT_WELCOME: _("The site asks robots not to read this page, and we do not."),
    Failure.NOT_FOUND: _("The page was not found."),
    Failure.GONE: _("The page is gone for good."),
    Failure.NOT_ADMITTED: _("The site does not let us in."),
    Failure.SERVER_ERROR: _("The site had an error of its own."),
    Failure.ODD_ANSWER: _("The site gave an answer that is no page."),
    Failure.TOO_LARGE: _("The page is larger than any article."),
    Failure.UNREADABLE: _("The page came packed in a way that cannot be read."),
    Failure.NOT_HTML: _("What stands there is no web page."),
    Failure.EMPTY: _("The page has no text, unless a browser runs its scripts."),
    Failure.SOFT_404: _("The page says that nothing was found, although it answers."),
    Failure.COOKIE_WALL: _("The page shows nothing until cookies are accepted."),
    Failure.OTHER_TEXT: _("Another text stands there."),
}
# After some of these in a row the copy counts as gone.
AS_IF_GONE = frozenset(
    {
        Failure.NOT_FOUND,
        Failure.GONE,
        Failure.SOFT_404,
        Failure.OTHER_TEXT,
        Failure.UNKNOWN_HOST,
    }
)


def sentence(failure: str) -> Sentence:
    """What to say of ``failure``; of one that is not known, that nothing was seen."""
    try:
        return Sentence(SENTENCES[Failure(failure)])
    except ValueError:
        return Sentence(_("Nothing was seen."))
