"""How machines that know nothing of us read each channel; no code is shared with a renderer."""

import json
import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from defusedxml import ElementTree

RSL = "{https://rslstandard.org/rsl}"


@dataclass(frozen=True)
class Said:
    """What a channel says; ``None`` where it has no place for it, ``""`` where it says none."""

    holders: str | None = None
    licence: str | None = None
    source: str | None = None
    is_mining_reserved: bool | None = None


def head_html(tags) -> str:
    """The tags as a template would print them."""
    lines = []
    for name, attributes in tags:
        said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        lines.append(f"<{name}{said}>\n")
    return "".join(lines)


def read_head(html: str) -> Said:
    page = BeautifulSoup(f"<html><head>{html}</head><body></body></html>", "html.parser")
    licences = [link["href"] for link in page.select("head link[rel~=license]")]
    assert len(licences) <= 1
    sources = [meta["content"] for meta in page.select('head meta[name="DC.source"]')]
    notice = page.select_one('head meta[name="DC.rights"]')["content"]
    return Said(
        holders=re.sub(r"^© \d{4} ", "", notice),
        licence=licences[0] if licences else "",
        source=sources[0] if sources else "",
    )


def links_in(header: str) -> list[tuple[str, dict[str, str]]]:
    """A Link header taken apart (RFC 8288)."""
    found = []
    for target, parameters in re.findall(r"<([^<>]*)>((?:\s*;\s*[a-z]+=\"[^\"]*\")*)", header):
        found.append((target, dict(re.findall(r"([a-z]+)=\"([^\"]*)\"", parameters))))
    return found


def read_headers(headers: dict[str, str]) -> Said:
    lower = {name.lower(): value for name, value in headers.items()}
    licences = [
        target
        for target, facts in links_in(lower["link"])
        if facts["rel"] == "license" and facts["type"] == "text/html"
    ]
    return Said(
        licence=licences[0] if licences else "",
        is_mining_reserved={"1": True, "0": False}[lower["tdm-reservation"]],
    )


def read_json_ld(text: str) -> Said:
    node = json.loads(text)
    holders = node["copyrightHolder"]
    holders = holders if isinstance(holders, list) else [holders]
    return Said(
        holders=", ".join(holder["name"] for holder in holders),
        licence=node.get("license", ""),
        source=node.get("isBasedOn", {}).get("url", ""),
    )


def pattern_matches(pattern: str, path: str) -> bool:
    """RFC 9309: a prefix, ``*`` for anything, ``$`` for the end."""
    ends = pattern.endswith("$")
    body = re.escape(pattern.removesuffix("$")).replace(r"\*", ".*")
    return re.match(body + ("$" if ends else ""), path) is not None


def rsl_content(document: bytes, url: str):
    """The ``content`` element that counts for ``url``: the narrowest one that matches."""
    root = ElementTree.fromstring(document)
    assert root.tag == f"{RSL}rsl"
    path = urlsplit(url).path
    matching = [
        content
        for content in root.findall(f"{RSL}content")
        if pattern_matches(content.get("url"), path)
    ]
    return max(matching, key=lambda content: len(content.get("url")))


def rsl_permits(content, token: str) -> bool:
    """Whether some licence permits it: by itself or in a group, and does not prohibit it."""
    groups = {"all"} | ({"ai-all"} if token.startswith("ai-") else set()) | {token}
    for licence in content.findall(f"{RSL}license"):
        said = {
            verb: set((licence.findtext(f"{RSL}{verb}[@type='usage']") or "").split())
            for verb in ("permits", "prohibits")
        }
        if groups & said["permits"] and not groups & said["prohibits"]:
            return True
    return False


def read_rsl(document: bytes, url: str, policy_url: str) -> Said:
    content = rsl_content(document, url)
    terms = content.findtext(f"{RSL}terms")
    is_for_all_pages = content.get("url") == "/"
    return Said(
        holders=None if is_for_all_pages else content.findtext(f"{RSL}copyright"),
        licence="" if terms == policy_url else terms,
        is_mining_reserved=not rsl_permits(content, "ai-train"),
    )


def read_tdmrep(text: str, url: str) -> Said:
    entries = json.loads(text)
    assert isinstance(entries, list)
    path = urlsplit(url).path
    first = next(entry for entry in entries if pattern_matches(entry["location"], path))
    return Said(is_mining_reserved={1: True, 0: False}[first["tdm-reservation"]])


def read_odrl(text: str, training: str) -> Said:
    """``training`` is the address of the purpose."""
    policy = json.loads(text)

    def is_about_training(rule) -> bool:
        return any(
            entry["leftOperand"] == "purpose" and entry["rightOperand"] == {"@id": training}
            for entry in rule["constraint"]
        )

    free = [
        rule
        for rule in policy.get("permission", [])
        if is_about_training(rule)
        and not any(duty["action"] == "obtainConsent" for duty in rule.get("duty", []))
    ]
    return Said(
        holders=", ".join(holder["vcard:fn"] for holder in policy["dct:rightsHolder"]),
        licence=policy.get("dct:license", {}).get("@id", ""),
        source=policy.get("dct:source", {}).get("@id", ""),
        is_mining_reserved=not free,
    )


def read_ninjs(text: str, rights_url: str) -> Said:
    item = json.loads(text)
    terms = item["usageTerms"].split()[-1]
    originals = [entry["value"] for entry in item.get("altIds", []) if entry["role"] == "original"]
    return Said(
        holders=item["copyrightHolder"],
        licence="" if terms == rights_url else terms,
        source=originals[0] if originals else "",
    )
