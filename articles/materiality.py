"""Whether readers need to be told of a change: two snapshots in, sentences out; no row is read.

How a text is set, where its links lead and under which tags it stands never matters; a figure, a
name, a quotation and words that came or went always do. What remains is spelling. Where it cannot
tell, it asks: a question too many costs a click, one too few a reader's trust.
"""

import re
from collections import Counter
from difflib import SequenceMatcher

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.reading import is_footnote, text_of
from cms.richtext import tree

# A figure with its points and commas is one word; so is a word with its apostrophe.
WORD = re.compile(r"\d+(?:[.,:٫٬]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
QUOTATION = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
# Beyond so many words within one changed passage it is called rewritten, not compared.
MOST_WORDS = 1500
# What stands over and over on both sides is not compared either: so often may like meet like. A
# long passage of real words comes to some twenty thousand.
MOST_MEETINGS = 100_000
# So many words in a row that are gone were a paragraph, or as good as one.
PARAGRAPH = 15
LONGEST_SHOWN = 60
SAME_WORD = 0.6


def reasons(old: dict, new: dict) -> list[str]:
    """What readers need to be told of between two snapshots, in sentences; empty: of nothing."""
    found = []
    for name, label in (("headline", _("Headline")), ("standfirst", _("Standfirst"))):
        before, after = (str(content.get(name) or "").splitlines() for content in (old, new))
        found += _changes(before, after, label)
    (body, notes), (new_body, new_notes) = (
        _passages(content.get("body") or "") for content in (old, new)
    )
    found += _changes(body, new_body, _("Body"))
    found += _changes(notes, new_notes, _("Footnotes"))
    if _credited(old) != _credited(new):
        found.append(_("Bylines: somebody was added, left out, or given another part."))
    return list(dict.fromkeys(found))


def _credited(content: dict) -> set[tuple]:
    rows = content.get("bylines") or []
    return {(row["author"]["id"], row["role"]) for row in rows}


# --- Reading ----------------------------------------------------------------------------------


def _passages(html: str) -> tuple[list[str], list[str]]:
    """The words of each block; and those of each footnote."""
    found: list[str] = [""]
    notes: list[str] = []

    def read(element):
        for child in element.children:
            if isinstance(child, str):
                found[-1] += child
            elif is_footnote(child):
                notes.append(text_of(child))
            elif child.name in tree.BLOCKS:
                found.append("")
                read(child)
                found.append("")
            elif child.name in tree.VOID:
                found[-1] += " "
            else:
                read(child)

    read(tree.parse(html))
    return [passage for passage in found if passage.strip()], notes


def _words(passage: str) -> tuple[str, ...]:
    return tuple(WORD.findall(passage.replace("\xad", "")))


# --- Comparing --------------------------------------------------------------------------------


def _changes(old: list[str], new: list[str], field: str) -> list[str]:
    before, after = [_words(passage) for passage in old], [_words(passage) for passage in new]
    if _joined(before) == _joined(after):
        return []
    found: list[str] = []
    whole = [("replace", 0, len(before), 0, len(after))]
    for tag, a1, a2, b1, b2 in _opcodes(before, after) or whole:
        if tag != "equal":
            removed, added = _trimmed(_joined(before[a1:a2]), _joined(after[b1:b2]))
            found += _of_passage(removed, added, field)
    if not found and _quoted(old) != _quoted(new):
        found.append(_("{field}: the wording of a quotation was changed.").format(field=field))
    return found


def _opcodes(old: list, new: list) -> list | None:
    """What leads from one to the other; None where that would be too long in coming."""
    number = Counter(new)
    if sum(number[one] for one in old) > MOST_MEETINGS:
        return None
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _joined(passages: list[tuple[str, ...]]) -> list[str]:
    return [word for passage in passages for word in passage]


def _trimmed(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Without what both begin and end with."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def _of_passage(old: list[str], new: list[str], field: str) -> list[str]:
    opcodes = _opcodes(old, new) if max(len(old), len(new)) <= MOST_WORDS else None
    if opcodes is None:
        return [_("{field}: much of it was written anew.").format(field=field)]
    found = []
    for tag, a1, a2, b1, b2 in opcodes:
        if tag != "equal" and (pattern := _pattern(old[a1:a2], new[b1:b2])):
            before, after = _shown(old[a1:a2]), _shown(new[b1:b2])
            found.append(pattern.format(field=field, before=before, after=after))
    return found


def _pattern(removed: list[str], added: list[str]) -> str:
    """The sentence for words that became others; ``""`` where it is a matter of spelling."""
    if not removed:
        if len(added) >= PARAGRAPH:
            return _("{field}: a passage was added, “{after}”.")
        return _("{field}: words were added, “{after}”.")
    if not added:
        if len(removed) >= PARAGRAPH:
            return _("{field}: a passage was taken out, “{before}”.")
        return _("{field}: words were taken out, “{before}”.")
    if _figures(removed) != _figures(added):
        return _("{field}: a figure was changed, from “{before}” to “{after}”.")
    if "".join(removed).casefold() == "".join(added).casefold():
        # Written together or apart.
        return ""
    pairs = [(one, other) for one, other in zip(removed, added, strict=False) if one != other]
    if len(removed) == len(added):
        if all(_is_spelling(one, other) for one, other in pairs):
            return ""
        if any(_may_be_a_name(one) and _may_be_a_name(other) for one, other in pairs):
            return _("{field}: a name may have changed, from “{before}” to “{after}”.")
    return _("{field}: words were changed, from “{before}” to “{after}”.")


def _figures(words: list[str]) -> Counter:
    return Counter(word for word in words if any(sign.isdigit() for sign in word))


def _is_spelling(old: str, new: str) -> bool:
    """The same word, written better: no name, and most of its letters the same."""
    if old.casefold() == new.casefold():
        return True
    if _may_be_a_name(old) or _may_be_a_name(new) or min(len(old), len(new)) < 3:
        return False
    if max(len(old), len(new)) > LONGEST_SHOWN:
        return False
    if abs(len(old) - len(new)) > 2 or _turns_round(old, new):
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= SAME_WORD


def _may_be_a_name(word: str) -> bool:
    """With a capital; in a script without capitals every word may be one."""
    return not word[0].islower()


# What, put before a word or taken from it, says the opposite.
_OPPOSITES = ("un", "in", "im", "il", "ir", "dis", "non", "de", "a")


def _turns_round(old: str, new: str) -> bool:
    """“legal” and “illegal”, “can” and “can't”."""
    short, long = sorted((old.casefold(), new.casefold()), key=len)
    if any(f"{opposite}{short}" == long for opposite in _OPPOSITES):
        return True
    return long.replace("’", "'").endswith("n't") != short.replace("’", "'").endswith("n't")


def _quoted(passages: list[str]) -> Counter:
    """What is said in quotation marks, as words."""
    return Counter(
        _words("".join(groups)) for passage in passages for groups in QUOTATION.findall(passage)
    )


def _shown(words: list[str]) -> str:
    return Truncator(" ".join(words)).chars(LONGEST_SHOWN)
