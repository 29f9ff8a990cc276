"""The house keeps its own rules: every room says what it is for, and every rule has one address."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "articles", "licensing")
MODULES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
ROOMLESS = {"utils", "helpers", "common", "core", "services", "misc"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def said_in(path: Path, pattern: str) -> list[str]:
    return re.findall(pattern, path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_opens_with_a_sentence_about_its_room(path):
    if not path.read_text().strip():
        assert path.name == "__init__.py"
        return
    sentence = ast.get_docstring(ast.parse(path.read_text()))
    assert sentence and sentence.split("\n\n")[0].rstrip().endswith((".", "``"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short(path):
    assert len(path.read_text().splitlines()) <= 450


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_stand_at_the_top(path):
    tree = ast.parse(path.read_text())
    hidden = [
        statement.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_room_is_named_for_nothing():
    assert [name(path) for path in MODULES if path.stem in ROOMLESS] == []


def test_a_status_changes_in_one_place():
    elsewhere = [
        name(path)
        for path in MODULES
        if said_in(path, r"\.status\s*=[^=]|update\([^)]*\bstatus=")
        and name(path) != "cms/workflows/actions.py"
    ]
    assert elsewhere == []


def test_html_is_declared_safe_in_one_place():
    elsewhere = [
        name(path)
        for path in MODULES
        if said_in(path, r"\bmark_safe\(|\|safe\b")
        and name(path) != "cms/richtext/templatetags/richtext.py"
    ]
    templates = [
        name(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if said_in(path, r"\|\s*safe\b|autoescape off")
    ]
    assert elsewhere + templates == []


def test_no_template_holds_inline_script_or_style():
    inline = [
        name(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if said_in(path, r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"")
    ]
    assert inline == []


def test_pages_name_no_other_host():
    foreign = [
        name(path)
        for folder in ("templates", "static/site", "static/newsroom", "static/richtext")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".html", ".css", ".js")
        and said_in(path, r"(?:src|href)=\"https?://|url\(\s*['\"]?https?://|import .*https?://")
    ]
    assert foreign == []
