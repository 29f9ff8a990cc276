"""RIS, as reference managers take it in: one line a tag."""

from articles.citing import names
from articles.citing.citation import Citation, Name
from articles.lines import line

MEDIA_TYPE = "application/x-research-info-systems"


def ris(citation: Citation) -> str:
    """A record of the type NEWS; lines end as the format wants them, with CR and LF."""
    issued, accessed = citation.issued, citation.accessed
    tags = [
        ("TY", "NEWS"),
        ("TI", citation.headline),
        *(("AU", _person(name)) for name in citation.authors),
        *(("A2", _person(name)) for name in citation.editors),
        *(("A4", _person(name)) for name in citation.translators),
        ("T2", citation.container),
        ("PY", f"{issued.year:04d}" if issued else ""),
        ("DA", f"{issued:%Y/%m/%d}/" if issued else ""),
        ("AB", citation.standfirst),
        ("LA", citation.language),
        ("UR", citation.url),
        ("Y2", f"{accessed:%Y/%m/%d}/" if accessed else ""),
        ("CR", citation.rights),
        ("N1", citation.origin_note),
    ]
    told = [(tag, line(value)) for tag, value in tags]
    rows = [f"{tag}  - {value}" for tag, value in told if value]
    return "\r\n".join([*rows, "ER  - ", ""])


def _person(name: Name) -> str:
    """“van Beethoven, Ludwig”; a comma in a name that is not taken apart would take it apart."""
    found = names.parts(name)
    if found.literal:
        return line(found.literal.replace(",", " "))
    family = " ".join(part for part in (found.particle, found.family) if part)
    told = (family, found.given, found.suffix)
    return ", ".join(part for part in told if part)
