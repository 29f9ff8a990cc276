"""What comes along with a copied text and is none of it: menus, comments, words deleted before.

Pure: works on the tree of ``tree``, and on nothing that we have written ourselves. What is told
apart here is told apart in ``static/richtext/paste.js`` too, because the editor would make plain
words of it before it is saved.
"""

import re

from cms.richtext.tree import Element

NAMES = frozenset(["nav"])
ROLES = frozenset(["navigation", "complementary", "contentinfo", "banner", "search"])
# Word: the sign and the text of a comment, and words deleted while changes were tracked. Then the
# "[edit]" of a wiki, and the buttons of a page.
CLASSES = frozenset(
    [
        "msocommentreference", "msocomanchor", "msocomtxt", "msocomoff", "msodel",
        "mw-editsection", "mw-jump-link", "sharedaddy", "addtoany_share_save_container",
        "social-share", "share-buttons", "subscription-widget", "skip-link",
    ]
)  # fmt: skip
COMMENT_STYLE = re.compile(r"mso-element:\s*comment")
# Google Docs: "[a]", and below the text what somebody said there.
COMMENT_MARK = re.compile(r"[^#]*#cmnt\d+")
COMMENT_BACK = re.compile(r"[^#]*#cmnt_ref\d+")
PARAGRAPHS = frozenset(["p", "div"])


def without_leftovers(root: Element) -> Element:
    """``root``, in which only the text itself is left."""
    root.children = [
        child for child in root.children if isinstance(child, str) or not is_leftover(child)
    ]
    for child in root.children:
        if isinstance(child, Element):
            without_leftovers(child)
    return root


def is_leftover(element: Element) -> bool:
    if element.name in NAMES:
        return True
    if not element.source:
        return is_comment(element)
    attributes = element.attributes()
    return (
        "hidden" in attributes
        or attributes.get("role", "").lower() in ROLES
        or not CLASSES.isdisjoint(attributes.get("class", "").lower().split())
        or (element.name == "del" and bool(attributes.keys() & {"cite", "datetime"}))
        or COMMENT_STYLE.search(attributes.get("style", "").lower()) is not None
        or (element.name == "a" and COMMENT_MARK.fullmatch(attributes.get("href", "")) is not None)
        or is_comment(element)
    )


def is_comment(element: Element) -> bool:
    """A paragraph that begins with the way back to the sign of a comment."""
    if element.name not in PARAGRAPHS:
        return False
    first = next((child for child in element.children if not is_blank(child)), None)
    if not isinstance(first, Element) or first.name != "a":
        return False
    return COMMENT_BACK.fullmatch(first.attributes().get("href", "")) is not None


def is_blank(child: Element | str) -> bool:
    return isinstance(child, str) and not child.strip()
