"""Headings, quotations and lists that an office programme writes as paragraphs with a class.

Pure: works on the tree of ``tree``. ``static/richtext/paste.js`` knows the same disguises, because
the editor would take them off before it is saved.
"""

import re

from cms.richtext.tree import LISTS, Element

HEADING = re.compile(r"msoheading([1-9])|(msotitle)")
QUOTES = frozenset(["msoquote", "msointensequote"])
# Word on the web writes each item as a list of its own, and says how deep it is.
WORD_LIST = "listcontainerwrapper"
CITATION = "citation"
PARAGRAPHS = frozenset(["p", "div"])


def without_disguises(root: Element) -> Element:
    """``root``, in which headings, quotations and lists are called what they are."""
    root.children = gathered_lists(root.children)
    for child in root.children:
        if isinstance(child, Element):
            if child.name == "cite" and CITATION in child.source:
                # A wiki's whole reference, not the name of a work.
                child.name = "span"
            elif child.source and child.name in PARAGRAPHS:
                child.name = its_name(child)
            without_disguises(child)
    return root


def its_name(element: Element) -> str:
    attributes = element.attributes()
    classes = attributes.get("class", "").lower().split()
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level", "")
        return f"h{level}" if re.fullmatch("[1-6]", level) else "h2"
    for name in classes:
        if heading := HEADING.fullmatch(name):
            return f"h{min(int(heading[1] or 1), 6)}"
    return element.name if QUOTES.isdisjoint(classes) else "blockquote"


def gathered_lists(children: list) -> list:
    """The children, in which each run of Word's single lists is one, deeper ones within."""
    kept: list = []
    open_lists: list[tuple[int, Element]] = []
    for child in children:
        if isinstance(child, str) and not child.strip():
            kept.append(child)
            continue
        single = the_list_in(child)
        if single is None:
            open_lists = []
            kept.append(child)
            continue
        for item in single.children:
            if not isinstance(item, Element):
                continue
            level = level_of(item)
            while open_lists and (
                open_lists[-1][0] > level
                or (open_lists[-1][0] == level and open_lists[-1][1].name != single.name)
            ):
                open_lists.pop()
            if not open_lists or open_lists[-1][0] < level:
                inner = Element(single.name, single.source)
                if open_lists:
                    open_lists[-1][1].children[-1].children.append(inner)
                else:
                    kept.append(inner)
                open_lists.append((level, inner))
            open_lists[-1][1].children.append(item)
    return kept


def the_list_in(child) -> Element | None:
    if not isinstance(child, Element) or child.name != "div" or not child.source:
        return None
    if WORD_LIST not in child.attributes().get("class", "").lower().split():
        return None
    inner = [one for one in child.children if isinstance(one, Element)]
    return inner[0] if len(inner) == 1 and inner[0].name in LISTS else None


def level_of(item: Element) -> int:
    level = item.attributes().get("data-aria-level", "1") if item.source else "1"
    return int(level) if re.fullmatch("[1-9]", level) else 1
