"""An article as IPTC ninjs 3.1 for partner newsrooms: rights always, the text where it is free.

Names are camelCase since 3.0, and the schema knows no others. Nothing that matters for rights
stands in ``edNote``, which is for the eyes of desks.
"""

from licensing.rights.statement import PictureStatement, Source, Statement
from licensing.rights.vocabulary import Verdict
from licensing.rights.wire import address, cleaned, line, mail_address, moment

MEDIA_TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
ODRL = "http://www.w3.org/ns/odrl/2/"


def item(statement: Statement) -> dict:
    """The news object. Without leave to take the whole text it is a partial one, with a summary."""
    is_whole = statement.may_give_whole_text and bool(statement.body_html)
    given = [picture for picture in statement.pictures if picture.verdict is Verdict.GRANTED]
    return cleaned(
        {
            "uri": address(statement.url),
            "standard": STANDARD,
            "type": "text",
            "representationType": "full" if is_whole else "partial",
            "version": str(statement.version),
            "firstCreated": moment(statement.published_at),
            "contentCreated": moment(statement.published_at),
            "versionCreated": moment(statement.modified_at or statement.published_at),
            "expires": moment(statement.expires_at),
            "pubStatus": "usable",
            "language": line(statement.language),
            "headlines": [_text("main", statement.marked_headline or statement.headline)],
            "descriptions": [_text("summary", statement.standfirst)] * bool(statement.standfirst),
            "bodies": [_body(statement)] if is_whole else [],
            "by": ", ".join(line(name) for name, _ in statement.authors),
            "people": [
                {"name": line(name), "rel": "author", "uri": address(url)}
                for name, url in statement.authors
            ],
            "subjects": [
                *([{"name": line(statement.section), "rel": "section"}] * bool(statement.section)),
                *({"name": line(word), "rel": "keyword"} for word in statement.keywords),
            ],
            "altIds": _other_addresses(statement),
            "infoSources": [_source(statement.source)] if statement.source else [],
            "copyrightHolder": ", ".join(line(holder) for holder in statement.holders),
            "copyrightNotice": line(statement.copyright_notice),
            "usageTerms": _usage_terms(statement, left_out=len(statement.pictures) - len(given)),
            "rightsInfo": {"langId": ODRL, "linkedRights": address(statement.odrl_url)},
            "associations": [
                _picture(picture, place) for place, picture in enumerate(given, start=1)
            ],
        }
    )


def cancelled(url: str) -> dict:
    """What partners are told of an article that was taken back: to take theirs down too."""
    return cleaned(
        {"uri": address(url), "standard": STANDARD, "type": "text", "pubStatus": "canceled"}
    )


def _text(role: str, text: str) -> dict:
    return {"role": role, "contentType": "text/plain", "value": line(text)}


def _body(statement: Statement) -> dict:
    return {
        "role": "main",
        "contentType": "text/html",
        "wordCount": statement.word_count or None,
        "value": statement.body_html,
    }


def _other_addresses(statement: Statement) -> list[dict]:
    original = address(statement.source_url)
    return [{"role": "original", "value": original}] if original else []


def _source(source: Source) -> dict:
    mail = mail_address(source.contact).removeprefix("mailto:")
    return {
        "name": line(source.name),
        "role": "originator",
        "uri": address(source.publication_url),
        "contactInfo": [{"type": "email", "role": "rights", "value": mail}] if mail else [],
    }


def _usage_terms(statement: Statement, *, left_out: int) -> str:
    """The sentence of the terms, and the address of the licence or of the page that explains."""
    said = [line(statement.terms_sentence)]
    if left_out:
        said.append("Pictures that are not cleared for reuse are left out.")
    said.append(address(statement.named_licence) or address(statement.rights_url))
    return " ".join(part for part in said if part)


def _picture(picture: PictureStatement, place: int) -> dict:
    return {
        "uri": address(picture.url),
        "name": f"picture-{place}",
        "rel": "illustration",
        "type": "picture",
        "by": line(picture.creator),
        "descriptions": [_text("caption", picture.caption)] * bool(picture.caption),
        "copyrightNotice": line(picture.copyright_notice),
        "usageTerms": " ".join(
            part for part in (line(picture.credit_line), address(picture.licence_url)) if part
        ),
        "renditions": [
            {
                "name": "main",
                "href": address(picture.url),
                "width": picture.width or None,
                "height": picture.height or None,
            }
        ],
    }
