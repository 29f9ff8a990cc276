"""CSL-JSON, the data that Zotero, Pandoc and every CSL processor read."""

import json
from datetime import date

from articles.citing import names
from articles.citing.bibtex import key
from articles.citing.citation import Citation, Name
from articles.lines import line

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def csl_json(citation: Citation) -> str:
    """A list of one item. The vocabulary has no word for rights; they stand in the note."""
    return json.dumps([item(citation)], ensure_ascii=False, indent=2) + "\n"


def item(citation: Citation) -> dict:
    """The item: an ``article-newspaper``."""
    origin = citation.origin
    texts = {
        "id": key(citation),
        "type": "article-newspaper",
        "title": citation.headline,
        "container-title": citation.container,
        "URL": citation.url,
        "language": citation.language,
        "abstract": citation.standfirst,
        "original-publisher": origin.publication if origin else "",
        "note": " | ".join(part for part in (citation.origin_note, citation.rights) if part),
    }
    people = {
        "author": citation.authors,
        "contributor": citation.reporters,
        "editor": citation.editors,
        "translator": citation.translators,
    }
    days = {
        "issued": citation.issued,
        "accessed": citation.accessed,
        "original-date": origin.published_on if origin else None,
    }
    said = {name: line(text) for name, text in texts.items()}
    said |= {name: [_person(one) for one in found] for name, found in people.items()}
    said |= {name: _day(day) for name, day in days.items() if day}
    return {name: value for name, value in said.items() if value}


def _person(name: Name) -> dict:
    found = names.parts(name)
    if found.literal:
        return {"literal": found.literal}
    told = {
        "family": found.family,
        "given": found.given,
        "non-dropping-particle": found.particle,
        "suffix": found.suffix,
    }
    return {part: text for part, text in told.items() if text}


def _day(day: date) -> dict:
    return {"date-parts": [[day.year, day.month, day.day]]}
