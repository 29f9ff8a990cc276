"""Foreign HTML in, the house's own HTML out; the sanitiser has the last word.

Three steps: ``tree`` reads the text in bounded time, ``blocks`` writes it anew in the few
elements that the editor knows, and nh3, told by the editor's own configuration what is allowed,
judges the result. What nh3 returns is stored as it is: nothing is rewritten after it.
"""

import html as entities
from functools import cache

import nh3
from django_prose_editor.config import allowlist_from_extensions

from cms.richtext import blocks, tree
from cms.richtext.disguises import without_disguises
from cms.richtext.leftovers import without_leftovers
from cms.richtext.tree import TextRefused, TextTooDeep, TextTooLarge

__all__ = [
    "TextRefused",
    "TextTooDeep",
    "TextTooLarge",
    "allow_list",
    "clean",
    "read",
    "sanitise",
    "written",
]


def allow_list(extensions):
    """What nh3 may let through for an editor with these extensions, as its keyword arguments."""
    allowed = allowlist_from_extensions(extensions)
    # The site decides at the time of showing what a link tells the browser; authors do not.
    allowed["attributes"].get("a", set()).difference_update({"rel", "target"})
    return allowed | {"link_rel": None, "url_relative": "deny"}


def sanitise(html, extensions):
    """Return stored ``html`` as the sanitiser lets it through today: for its way out to a page."""
    return nh3.clean(html, **allow_list(extensions))


def clean(html, extensions):
    """Return ``html`` as it may be stored and shown, in the elements that the editor knows.

    ``extensions`` is BODY or NOTE of ``cms.richtext.vocabulary``. Cleaning what is clean
    changes nothing. Word's, Google's and the web's dress is dropped and the words are kept;
    links lose their trackers, and those that lead nowhere a reader may be sent become plain
    words. Raises TextTooLarge or TextTooDeep, ValueErrors with a sentence for the sender.
    """
    return written(read(html), extensions)


def read(html):
    """The tree of a foreign text: nothing in it but the text, everything called what it is."""
    return without_disguises(without_leftovers(tree.parse(html)))


def written(root, extensions):
    """Return the HTML of a tree, cleaned as by ``clean``: for grammars that work on the tree."""
    allowed = allow_list(extensions)
    sanitiser = nh3.Cleaner(**allowed)

    @cache
    def is_allowed_link(href):
        # Asked of nh3 itself, so that it never takes an address from a link that we have kept.
        return "href=" in sanitiser.clean(f'<a href="{entities.escape(href)}">x</a>')

    rewritten = blocks.write(root, tags=allowed["tags"], is_allowed_link=is_allowed_link)
    return within_limits(sanitiser.clean(within_limits(rewritten)))


def within_limits(html):
    """A text grows when its signs are escaped; what is stored must be cleanable again."""
    if len(html) > tree.MAX_CHARACTERS:
        raise tree.too_large()
    return html
