"""What a word is, in every script: text in, folded words out. No row is read.

Whatever is indexed and whatever is asked goes through here, so that both databases are told the
same words and accents, case, ligatures, vowel signs and invisible joiners make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_WORD = 64

# Chinese, Japanese, Thai, Lao, Burmese and Khmer are written without spaces: each sign is a word,
# and what is typed in one go is a phrase.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# Signs that belong to the letter before them; joiners, soft hyphens and the Arabic line.
_MARKS = "".join(
    re.escape(chr(code))
    for code in range(0x300, 0x10000)
    if unicodedata.combining(chr(code)) or unicodedata.category(chr(code)) in ("Mn", "Mc")
)
JOINERS = "\u00ad\u0640\u200c\u200d\u2060"
_SIGNS = f"(?:[^\\W_]|[{_MARKS}{JOINERS}])"
_WORD = re.compile(f"{_SIGNS}+")
_WORD_OR_SIGN = re.compile(f"[{_UNSPACED}]|(?:(?![{_UNSPACED}]){_SIGNS})+")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# Accents of Latin, Greek and Cyrillic, except the one that makes и another letter; the vowel signs
# of Arabic and Hebrew, with the hamza above or below its bearer. Vowels of Hindi or Thai stay.
_ACCENTS = re.compile(
    "(?<![\u0400-\u04ff])\u0306|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf"
    "\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    f"\u06ea-\u06ed{JOINERS}]"
)
_NOT_OF_A_WORD = re.compile(f"[^\\w{_MARKS}]|_")
# Letters that are one with another for whoever searches, and that Unicode does not take apart.
_SAME = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
    | {"ى": "ي", "ٱ": "ا"}
)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """``word`` as it is compared: ``Élevée`` and ``elevee`` are one, and so are ``٢`` and ``2``.

    At most ``LONGEST_WORD`` characters; ``""`` where there is nothing of a word in it.
    """
    if word.isascii():
        folded = word.lower()
    else:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
        whole = unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_SAME)
        folded = "".join(map(_digit, whole)) if not whole.isalpha() else whole
    return _NOT_OF_A_WORD.sub("", folded)[:LONGEST_WORD]


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def spelt(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of ``text`` folded, with where it begins and ends there."""
    pattern = _WORD_OR_SIGN if _IS_UNSPACED.search(text) else _WORD
    if text.isascii():
        pattern = _ASCII_WORD
    for found in pattern.finditer(text):
        if folded := fold(found[0]):
            yield folded, found.start(), found.end()


def words(text: str) -> list[str]:
    """The folded words of ``text`` in their order."""
    return [word for word, _start, _end in spelt(text)]


def is_unspaced(word: str) -> bool:
    """Whether ``word`` is a sign of a script without spaces."""
    return _IS_UNSPACED.match(word) is not None
