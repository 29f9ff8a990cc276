"""Words brought to the form that is indexed: cut to their stem, in the language of the text.

A token names its language (``tide@en``), so that *news* never finds the *new* that another
language would make of it. Languages without a stemmer share one form, the folded word.
"""

import threading
from functools import lru_cache

import snowballstemmer

from articles.search.words import is_unspaced

# BCP 47 → the name of the algorithm, for the languages that Snowball knows.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
# Languages whose stemmers take something from the front of a word, too.
CUT_IN_FRONT = {"ar", "fa", "id", "nl"}
# “And the …” is one word in Arabic, and its stemmer leaves it whole; a father (والد) is shorter.
AND_THE = "وال"
SHORTEST_AND_THE = 6
# Where one cut leaves something that would be cut again (élevée → eleve → elev), it is.
MOST_CUTS = 3
SHORTEST = 3
UNSTEMMED = ""

_of_this_thread = threading.local()


def tongue(language: str) -> str:
    """The mark of ``language`` (BCP 47) on its tokens; ``""`` where no stemmer knows it."""
    code = language.partition("-")[0].lower()
    return code if code in ALGORITHMS else UNSTEMMED


def stem(word: str, mark: str) -> str:
    """The stem of a folded word in the language of ``mark``, which has one."""
    stemmer = _stemmer(ALGORITHMS[mark])
    if mark == "ar" and word.startswith(AND_THE) and len(word) >= SHORTEST_AND_THE:
        word = word[1:]
    for _cut in range(MOST_CUTS):
        cut = stemmer.stemWord(word)
        if cut == word or len(cut) < SHORTEST:
            break
        word = cut
    return word


@lru_cache(maxsize=50_000)
def token(word: str, mark: str) -> str:
    """What the index holds of a folded word."""
    if mark == UNSTEMMED or is_unspaced(word):
        return word
    return f"{stem(word, mark)}@{mark}"


def _stemmer(algorithm: str):
    """A stemmer keeps the word it works on in itself: one for each thread."""
    stemmers = _of_this_thread.__dict__
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return stemmers[algorithm]
