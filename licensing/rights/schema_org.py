"""An article's rights for search engines: schema.org NewsArticle and ImageObject as JSON-LD.

Property names and ranges: schema.org release 30.0; what is asked for: Google's pages on article
and image metadata. ``license`` is an address, never a sentence. The text itself is not in it:
structured data escapes every limit on snippets.
"""

from licensing.rights.statement import PictureStatement, Statement
from licensing.rights.wire import address, cleaned, line, moment

CONTEXT = "https://schema.org"


def news_article(statement: Statement) -> dict:
    """The node for the article's page."""
    return cleaned(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "url": address(statement.url),
            "mainEntityOfPage": {"@type": "WebPage", "@id": address(statement.url)},
            "headline": line(statement.marked_headline or statement.headline),
            "description": line(statement.standfirst),
            "inLanguage": line(statement.language),
            "datePublished": moment(statement.published_at),
            "dateModified": moment(statement.modified_at or statement.published_at),
            "expires": moment(statement.expires_at),
            "articleSection": line(statement.section),
            "keywords": [line(word) for word in statement.keywords],
            "wordCount": statement.word_count or None,
            "isAccessibleForFree": True,
            "author": [_party(name, url, statement) for name, url in statement.authors],
            "publisher": _house(statement),
            "image": [_image(picture) for picture in statement.pictures],
            "correction": [_correction(*entry) for entry in statement.corrections],
            **_rights(statement),
            **_provenance(statement),
        }
    )


def _rights(statement: Statement) -> dict:
    holders = [_party(name, "", statement) for name in statement.holders]
    return {
        "copyrightHolder": holders[0] if len(holders) == 1 else holders,
        "copyrightYear": statement.copyright_year,
        "copyrightNotice": line(statement.copyright_notice),
        "creditText": line(statement.credit_text),
        "license": address(statement.named_licence),
        # What we carry under fair use is not ours to license to anybody.
        "acquireLicensePage": "" if statement.is_fair_use else address(statement.acquire_url),
        "usageInfo": address(statement.rights_url),
    }


def _provenance(statement: Statement) -> dict:
    found = {}
    if statement.translation_of_url:
        url = address(statement.translation_of_url)
        found["translationOfWork"] = url and {"@type": "NewsArticle", "@id": url, "url": url}
    if source := statement.source:
        publisher = _organization(source.name, source.publication_url)
        found["isBasedOn"] = {
            "@type": "NewsArticle",
            "url": address(source.url),
            "datePublished": moment(source.published_on),
            "publisher": {**publisher, "@type": "NewsMediaOrganization"},
        }
        found["sourceOrganization"] = publisher
        found["sdPublisher"] = _house(statement)
    return found


def _house(statement: Statement) -> dict:
    site = address(statement.site_url)
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{site}#publisher",
        "name": line(statement.site_name),
        "url": site,
        "publishingPrinciples": address(statement.policy_url),
    }


def _organization(name: str, url: str = "") -> dict:
    return {"@type": "Organization", "name": line(name), "url": address(url)}


def _party(name: str, url: str, statement: Statement) -> dict:
    """A node, for these properties take no string. Whoever wrote is a person, others are houses."""
    if name == statement.site_name:
        return _organization(name, statement.site_url)
    if statement.source and name == statement.source.name:
        return _organization(name, statement.source.publication_url)
    pages = dict(statement.authors)
    if name in pages:
        return {"@type": "Person", "name": line(name), "url": address(url or pages[name])}
    return _organization(name, url)


def _image(picture: PictureStatement) -> dict:
    return {
        "@type": "ImageObject",
        "contentUrl": address(picture.url),
        "caption": line(picture.caption),
        "creditText": line(picture.credit_line),
        "creator": picture.creator and {"@type": "Person", "name": line(picture.creator)},
        "copyrightNotice": line(picture.copyright_notice),
        "license": address(picture.licence_url),
        "acquireLicensePage": address(picture.acquire_url),
        "width": picture.width or None,
        "height": picture.height or None,
    }


def _correction(at, kind: str, text: str) -> dict:
    return {
        "@type": "CorrectionComment",
        "name": line(kind),
        "text": line(text),
        "datePublished": moment(at),
    }
