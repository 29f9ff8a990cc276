"""What a text has to be before it goes over a wire: no characters that break the format it is in.

Headlines, names and addresses come from people, and from pages that others wrote. Every renderer
sends them through here; what is no web address is not said at all.
"""

import json
import re
from datetime import date, datetime
from urllib.parse import quote, urlsplit, urlunsplit

# What XML 1.0 forbids, and the control characters that no format needs. Line ends and tabs stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_.])?|\[[0-9a-f:.]+\]")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
# Reserved and unreserved characters of RFC 3986; quotation marks and brackets are not among them.
_IN_PATH = "/%:@!$&'()*+,;=~"
_IN_QUERY = _IN_PATH + "?"
_MAIL = re.compile(r"[A-Za-z0-9.!#$&'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# What would end a script element or begin a comment in it.
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def plain(text: object) -> str:
    """The text without characters that XML or JSON cannot carry."""
    return _FORBIDDEN.sub("", str(text))


def line(text: object) -> str:
    """The text as a single line."""
    return " ".join(plain(text).split())


def address(url: str) -> str:
    """A web address in ASCII (RFC 3986), fit for a header; ``""`` for anything else.

    Names and passwords before the host are left out: nobody means to publish them.
    """
    try:
        parts = urlsplit(plain(url).strip())
        host, port = (parts.hostname or "").lower(), parts.port
        host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    netloc = host if port is None else f"{host}:{port}"
    path, query, fragment = (
        _LONE_PERCENT.sub("%25", quote(part, safe=safe))
        for part, safe in (
            (parts.path, _IN_PATH),
            (parts.query, _IN_QUERY),
            (parts.fragment, _IN_QUERY),
        )
    )
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def mail_address(contact: str) -> str:
    """``mailto:`` and the address, or ``""`` where it is none."""
    contact = contact.strip()
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else ""


def path_of(url: str) -> str:
    """The path of one of our pages as a robots-style pattern (RFC 9309), its wildcards escaped."""
    path = urlsplit(address(url)).path or "/"
    return path.replace("*", "%2A").replace("$", "%24")


def moment(at: datetime | date | None) -> str:
    """ISO 8601; an instant with its zone."""
    if at is None:
        return ""
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


def cleaned(data):
    """JSON data without forbidden characters, and without what has nothing to say."""
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, dict):
        found = ((key, cleaned(value)) for key, value in data.items())
        return {key: value for key, value in found if value not in (None, "", [], {})}
    if isinstance(data, list | tuple):
        return [value for entry in data if (value := cleaned(entry)) not in (None, "", [], {})]
    return data


def json_text(data) -> str:
    """The JSON of a file."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def script_text(data) -> str:
    """JSON for a script element in HTML, which no text in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_IN_SCRIPT)
