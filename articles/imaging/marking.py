"""The words in which a file is refused: said in English here, looked up by whoever shows them.

Pictures know no Django. ``Sentence("…")`` and ``marked("…")``, imported as ``_``, are the names by
which the collector of messages finds what translators have to see.
"""


class Sentence(str):
    """What it says in English, with the pattern and the facts of which it is made.

    Facts are whole numbers, fractions and words that are marked.
    """

    pattern: str
    facts: dict[str, object]

    def __new__(cls, pattern: str, **facts: object) -> "Sentence":
        sentence = super().__new__(
            cls, pattern.format(**{n: _english(f) for n, f in facts.items()})
        )
        sentence.pattern, sentence.facts = pattern, facts
        return sentence


def marked(words: str) -> str:
    """The words as they are."""
    return words


def _english(fact: object) -> object:
    return f"{fact:,}" if isinstance(fact, int | float) else fact
