"""A text on one line, without what nobody sees: fit for references, letters and machines; pure."""

import re

# Control characters, halves of characters, marks that turn the order of letters by force.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)


def line(text: str) -> str:
    """``text`` on one line, without what nobody sees."""
    return " ".join(_UNSEEN.sub("", text).split())
