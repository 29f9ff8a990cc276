"""A copy as a ninjs 3.1 item for the import of another newsroom: the rights as everywhere, the text
as it is handed over here.
"""

from licensing.republishing import html, text
from licensing.republishing.copy import Copy, Picture
from licensing.republishing.links import absolute
from licensing.rights import ninjs
from licensing.rights.attribution import Form
from licensing.rights.wire import cleaned, json_text, line


def written(copy: Copy) -> str:
    """The JSON of the item."""
    return json_text(item(copy))


def item(copy: Copy) -> dict:
    """The item. What everybody is told of the rights stands in it, and what this copy adds."""
    told = ninjs.item(copy.statement)
    given = {
        "representationType": "full",
        "headlines": [_text("main", copy.headline)],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": html.body(copy)},
            {"role": "main", "contentType": "text/plain", "value": text.body(copy)},
        ],
        "usageTerms": " ".join(filter(None, [line(copy.credit(Form.TEXT)), told["usageTerms"]])),
        "edNote": " ".join(map(line, copy.asides)),
        "associations": [
            _picture(copy, picture, place) for place, picture in enumerate(copy.pictures, start=1)
        ],
    }
    if copy.grant:
        given["altIds"] = [*told.get("altIds", []), {"role": "permission", "value": copy.grant}]
    return cleaned({**told, **given})


def _text(role: str, words: str) -> dict:
    return {"role": role, "contentType": "text/plain", "value": line(words)}


def _picture(copy: Copy, picture: Picture, place: int) -> dict:
    url = absolute(picture.url, copy.url)
    return {
        "uri": url,
        "name": f"picture-{place}",
        "rel": "illustration",
        "type": "picture",
        "descriptions": [_text("caption", picture.caption)] * bool(picture.caption),
        "copyrightNotice": line(picture.credit.copyright_notice),
        "usageTerms": line(picture.line(Form.TEXT)),
        "renditions": [
            {
                "name": "main",
                "href": url,
                "width": picture.width or None,
                "height": picture.height or None,
            }
        ],
    }
