"""An article's rights, or usage terms, as an ODRL 2.2 Offer (W3C) in IPTC's RightsML profile.

One action per rule, and each rule names its target and its assigner. JSON-LD does not complain of
words that it does not know, so tests hold every word against ``odrl_words``. ODRL has no word for
a community site or for training a model: what a rule is for is said as a ``purpose`` whose address
leads to the policy page. Where rules meet, the prohibition binds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from licensing.rights.conditions import EASINGS, Condition, Kind
from licensing.rights.facts import Terms, turn
from licensing.rights.statement import SiteRights, Statement
from licensing.rights.vocabulary import Use, Verdict
from licensing.rights.wire import address, cleaned, line, mail_address, moment

MEDIA_TYPE = "application/ld+json"
PROFILE = "https://iptc.org/std/RightsML/odrl-profile/"
CONTEXT = [
    "http://www.w3.org/ns/odrl.jsonld",
    "https://iptc.org/std/RightsML/odrl-profile/rightsml.jsonld",
    # The first two define neither; an undefined prefix would be taken for a scheme.
    {"cc": "http://creativecommons.org/ns#", "vcard": "http://www.w3.org/2006/vcard/ns#"},
]
# Use → the action that ODRL has for it.
ACTION_OF: dict[Use, str] = {
    Use.EXCERPT: "extract",
    Use.COMMUNITY_WEB: "distribute",
    Use.COMMERCIAL_WEB: "distribute",
    Use.PRINT: "print",
    Use.TRANSLATION: "translate",
    Use.ADAPTATION: "modify",
    Use.EDUCATION: "reproduce",
    Use.BROADCAST: "present",
    Use.SEARCH_INDEX: "index",
    Use.AI_INPUT: "read",
    Use.AI_TRAINING: "read",
}
_PURPOSES = {Use.COMMUNITY_WEB: "community-website", Use.COMMERCIAL_WEB: "commercial-website"}
_COUNTED = {Kind.EXCERPT_WORDS: "words", Kind.PRINT_RUN: "copies"}
_DAYS = frozenset({Kind.ONLY_WITHIN, Kind.REMOVE_AFTER, Kind.TERM})

Answer = tuple[Use, Verdict, tuple[Condition, ...]]


def purpose_of(use: Use, policy_url: str) -> str:
    """The address that stands for a use: a fragment of the policy page, which explains it."""
    return f"{address(policy_url)}#{_PURPOSES.get(use, use.value.replace('_', '-'))}"


def policy(statement: Statement) -> dict:
    """What we offer anybody for this article."""
    uid = address(statement.odrl_url)
    parties = _parties(statement, uid)
    frame = _Frame(
        target=address(statement.url),
        assigner=f"{address(statement.site_url)}#publisher",
        policy_url=statement.policy_url,
        terms_url=address(statement.named_licence) or address(statement.rights_url),
        published_at=statement.published_at,
        expires_at=statement.expires_at,
        named=parties,
        notice=line(statement.copyright_notice),
    )
    answers = [
        (use, decision.verdict, decision.conditions)
        for use, decision in statement.decisions.items()
    ]
    licence, source = address(statement.named_licence), address(statement.source_url)
    about = {
        "dct:title": line(statement.marked_headline or statement.headline),
        "dct:rightsHolder": parties[Kind.COPYRIGHT],
        "dct:rights": line(statement.copyright_notice),
        "dct:license": {"@id": licence} if licence else "",
        "dct:source": {"@id": source} if source else "",
    }
    desk = {
        "vcard:fn": line(statement.site_name),
        "vcard:hasEmail": mail_address(statement.desk.contact),
        "vcard:hasURL": address(statement.acquire_url),
    }
    return _offer(uid, frame, answers, about, desk)


def terms_policy(terms: Terms, site: SiteRights, uid: str) -> dict:
    """What one version of usage terms offers for whatever of the site is under it."""
    frame = _Frame(
        target=address(site.url),
        assigner=f"{address(site.url)}#publisher",
        policy_url=site.policy_url,
        terms_url=address(terms.licence_url) or address(terms.url),
    )
    answers: list[Answer] = []
    for use in Use:
        rule = terms.rules.get(use)
        answers.append((use, rule.verdict, rule.conditions) if rule else (use, Verdict.ASK, ()))
    licence = address(terms.licence_url) or address(terms.url)
    about = {
        "dct:title": line(terms.name),
        "dct:hasVersion": str(terms.version),
        "dct:license": {"@id": licence} if licence else "",
    }
    desk = {
        "vcard:fn": line(site.name),
        "vcard:hasEmail": mail_address(site.desk.contact),
        "vcard:hasURL": address(site.acquire_url),
    }
    return _offer(address(uid), frame, answers, about, desk)


@dataclass(frozen=True)
class _Frame:
    """What all rules of an offer share; ``named`` are the parties that a condition wants named."""

    target: str
    assigner: str
    policy_url: str
    terms_url: str
    published_at: datetime | None = None
    expires_at: datetime | None = None
    named: Mapping[Kind, list[dict]] = field(default_factory=dict)
    notice: str = ""

    def rule(self, action: str, **parts) -> dict:
        return {"action": action, "target": self.target, "assigner": self.assigner} | parts

    def purpose(self, use: Use) -> dict:
        meant = {"@id": purpose_of(use, self.policy_url)}
        return {"leftOperand": "purpose", "operator": "eq", "rightOperand": meant}


def _parties(statement: Statement, uid: str) -> dict[Kind, list[dict]]:
    """Whom a copy names: the source, the authors, the holders; each with an address that stays."""
    source = statement.source
    pages = {name: url for name, url in statement.authors if address(url)}
    pages[statement.site_name] = f"{address(statement.site_url)}#publisher"
    if source:
        pages[source.name] = source.publication_url

    def party(name: str, role: str, place: int = 1) -> dict:
        return {
            "uid": address(pages.get(name, "")) or f"{uid}#{role}-{place}",
            "vcard:fn": line(name),
        }

    origin = [party(source.name if source else statement.site_name, "source")]
    return {
        Kind.SOURCE: origin,
        Kind.LINK: origin,
        Kind.AUTHOR: [
            party(name, "author", place) for place, (name, _) in enumerate(statement.authors, 1)
        ],
        Kind.COPYRIGHT: [
            party(name, "holder", place) for place, name in enumerate(statement.holders, 1)
        ],
    }


def _offer(uid: str, frame: _Frame, answers: Iterable[Answer], about: dict, desk: dict) -> dict:
    permissions, prohibitions = [], []
    for use, verdict, conditions in answers:
        if verdict is Verdict.GRANTED:
            permissions.append(_permission(use, conditions, frame))
            prohibitions += _bans(use, conditions, frame)
        elif verdict is Verdict.ASK:
            consent = {"action": "obtainConsent", "consentingParty": frame.assigner}
            ask = frame.rule(ACTION_OF[use], constraint=[frame.purpose(use)], duty=[consent])
            permissions.append(ask)
        else:
            ban = frame.rule(ACTION_OF[use], constraint=[frame.purpose(use)])
            prohibitions.append(ban)
    return cleaned(
        {
            "@context": CONTEXT,
            "@type": "Offer",
            "uid": uid,
            "profile": PROFILE,
            "conflict": "prohibit",
            "assigner": {"uid": frame.assigner} | desk,
            **about,
            "permission": permissions,
            "prohibition": prohibitions,
        }
    )


def _binding(conditions: Iterable[Condition]) -> list[Condition]:
    return [entry for entry in conditions if entry.kind not in EASINGS]


def _permission(use: Use, conditions: tuple[Condition, ...], frame: _Frame) -> dict:
    constraints, duties = [frame.purpose(use)], []
    for entry in _binding(conditions):
        said = entry.facts.odrl
        if not said.term:
            # ODRL has no word for it. Whoever takes the text has to read the terms, then.
            duties.append(_duty("reviewPolicy", entry) | {"target": frame.terms_url})
        elif said.form == "constraint":
            constraints.append(_constraint(entry, frame))
        elif said.form == "duty":
            duties += _duties(said.term, entry, frame)
    if frame.expires_at:
        end = {"@value": moment(frame.expires_at), "@type": "xsd:dateTime"}
        constraints.append({"leftOperand": "dateTime", "operator": "lt", "rightOperand": end})
    return frame.rule(ACTION_OF[use], constraint=constraints, duty=duties)


def _bans(use: Use, conditions: tuple[Condition, ...], frame: _Frame) -> list[dict]:
    """What a condition forbids to those who make this use, and to nobody else."""
    return [
        frame.rule(
            entry.facts.odrl.term,
            constraint=[frame.purpose(use)],
            **{"dct:description": str(entry)},
        )
        for entry in _binding(conditions)
        if entry.facts.odrl.form == "prohibition" and entry.facts.odrl.term != ACTION_OF[use]
    ]


def _duty(action: str, entry: Condition) -> dict:
    return {"action": action, "dct:description": line(entry)}


def _duties(action: str, entry: Condition, frame: _Frame) -> list[dict]:
    duty = _duty(action, entry)
    if action == "attribute":
        return [duty | {"attributedParty": party} for party in frame.named.get(entry.kind, [{}])]
    if entry.kind is Kind.COPYRIGHT and frame.notice:
        duty["dct:rights"] = frame.notice
    if entry.kind is Kind.TELL_US:
        duty["informedParty"] = frame.assigner
    if entry.kind is Kind.REMOVE_AFTER:
        duty["constraint"] = [_within("delayPeriod", "lteq", _duration(entry))]
    return [duty]


def _constraint(entry: Condition, frame: _Frame) -> dict:
    said = entry.facts.odrl
    if said.term == "dateTime":
        if at := turn(entry, frame.published_at):
            end = {"@value": moment(at), "@type": "xsd:dateTime"}
            return _within("dateTime", said.operator, end)
        # Terms know no day of publication: they say how long after it.
        operand = "delayPeriod" if entry.kind is Kind.NOT_BEFORE else "elapsedTime"
        return _within(operand, said.operator, _duration(entry))
    if said.term == "elapsedTime":
        return _within(said.term, said.operator, _duration(entry))
    value = [line(word) for word in entry.value] if isinstance(entry.value, tuple) else entry.value
    found = _within(said.term, said.operator, value)
    if unit := _COUNTED.get(entry.kind):
        found["unit"] = {"@id": f"{address(frame.policy_url)}#{unit}"}
    return found


def _within(operand: str, operator: str, value) -> dict:
    return {"leftOperand": operand, "operator": operator, "rightOperand": value}


def _duration(entry: Condition) -> dict:
    length = f"P{entry.value}D" if entry.kind in _DAYS else f"PT{entry.value}H"
    return {"@value": length, "@type": "xsd:duration"}
