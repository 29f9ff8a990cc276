"""A copy in any of its formats."""

from licensing.republishing import html, markdown, ninjs, text, wordpress
from licensing.republishing.copy import Copy, Format

WRITERS = {
    Format.HTML: html.written,
    Format.MARKDOWN: markdown.written,
    Format.TEXT: text.written,
    Format.PRINT: text.printed,
    Format.WORDPRESS: wordpress.written,
    Format.NINJS: ninjs.written,
}


def render(copy: Copy, wanted: Format) -> str:
    """``copy`` as it is pasted or saved."""
    return WRITERS[Format(wanted)](copy)
