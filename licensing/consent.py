"""What whoever asks agrees to, and what they are told of their data, unless the house says it."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from cms.sitepolicy.models import Kind
from cms.sitepolicy.texts import HouseTexts
from licensing.erasure import kept_for


def consent(texts: HouseTexts) -> str:
    """The sentence beside the box."""
    return texts[Kind.CONSENT] or _(
        "You may write to me about this request and keep what I have typed for as long as the "
        "note below says."
    )


def privacy(texts: HouseTexts) -> str:
    """The note under it, as HTML."""
    if texts[Kind.PRIVACY]:
        return texts[Kind.PRIVACY]
    kept = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in kept_for()))
    return format_html(
        "<p>{}</p><ul>{}</ul><p>{}</p>",
        _(
            "We keep what you type here to answer your request: who you are, how to reach you, "
            "what you want to do. The rights desk reads it, nobody else; we sell and pass on "
            "nothing. The record of who decided what, and when, names you nowhere."
        ),
        kept,
        _(
            "Against misuse we count for a day how often the form is sent, under a keyed hash "
            "of where it came from. This page sets no cookie but the one that keeps others from "
            "sending the form in your name, and tells no third party that you were here."
        ),
    )
