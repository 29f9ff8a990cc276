"""Templates load the libraries they use, and no others."""

import re
from pathlib import Path

from django.template import engines
from django.template.base import Lexer, TokenType

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def idle(path: Path, libraries) -> list[str]:
    """The libraries that the template loads, without using a tag or a filter of theirs."""
    loaded, used = [], set()
    for token in Lexer(path.read_text()).tokenize():
        if token.token_type is TokenType.BLOCK:
            tag, *rest = token.split_contents()
            used.add(tag)
            loaded += rest if tag == "load" else []
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            used.update(re.findall(r"\|\s*(\w+)", token.contents))
    return [one for one in loaded if not used & {*libraries[one].tags, *libraries[one].filters}]


def test_a_template_uses_every_library_that_it_loads():
    libraries = engines["django"].engine.template_libraries
    paths = [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
    assert {str(path): found for path in paths if (found := idle(path, libraries))} == {}
