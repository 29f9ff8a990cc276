"""The mark on words that are shown to people, so that translators get to see them.

The rights know no Django: they speak English, and whoever shows a sentence looks it up in the
reader's language (``licensing.wording``). What stands in ``Sentence("…")`` needs no mark.
"""


def marked(words: str) -> str:
    """The words as they are; imported as ``_``, the name that the collector of messages knows."""
    return words
