"""Licences that others wrote (Creative Commons 4.0 and CC0): what each grants, use by use.

Source: the legal codes at creativecommons.org; addresses carry a trailing slash and no language.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from licensing.rights.conditions import Condition, Kind, merged
from licensing.rights.facts import Rule
from licensing.rights.vocabulary import Use, Verdict

_HOST = "https://creativecommons.org"


@dataclass(frozen=True)
class Licence:
    """A public licence. ``spdx`` is its SPDX identifier."""

    spdx: str
    name: str
    url: str
    is_non_commercial: bool = False
    is_no_derivatives: bool = False
    is_share_alike: bool = False
    needs_attribution: bool = True

    @property
    def rules(self) -> dict[Use, Rule]:
        """Its answer to every use; what it does not grant can be asked for."""
        return {use: self._rule(use) for use in Use}

    @property
    def grants(self) -> frozenset[Use]:
        """The uses that it allows to everybody."""
        return frozenset(use for use, rule in self.rules.items() if rule.verdict is Verdict.GRANTED)

    @property
    def attribution(self) -> tuple[Condition, ...]:
        """Title, author, source, licence; BY 4.0 section 3(a)."""
        kinds = (Kind.AUTHOR, Kind.SOURCE, Kind.COPYRIGHT, Kind.LINK, Kind.LICENCE, Kind.CHANGES)
        return tuple(Condition(kind) for kind in kinds) if self.needs_attribution else ()

    def _rule(self, use: Use) -> Rule:
        if use is Use.SEARCH_INDEX:
            return Rule(Verdict.GRANTED)
        if self.is_non_commercial and use in _COMMERCIAL | _BY_MACHINES:
            return Rule(Verdict.ASK)
        if self.is_no_derivatives and use in _DERIVING | _BY_MACHINES:
            return Rule(Verdict.ASK)
        demands = list(self.attribution)
        if self.is_non_commercial:
            demands.append(Condition(Kind.NON_COMMERCIAL))
        if self.is_no_derivatives and use is not Use.EXCERPT:
            demands.append(Condition(Kind.NO_EDITS))
        if self.is_share_alike and use in _DERIVING:
            demands.append(Condition(Kind.SHARE_ALIKE))
        return Rule(Verdict.GRANTED, merged(demands))


_COMMERCIAL = frozenset({Use.COMMERCIAL_WEB})
_DERIVING = frozenset({Use.TRANSLATION, Use.ADAPTATION})
# Whether a model derives from what it read is not settled; what is not settled is asked for.
_BY_MACHINES = frozenset({Use.AI_INPUT, Use.AI_TRAINING})


def _cc(kind: str, name: str, **facts: bool) -> Licence:
    url = f"{_HOST}/licenses/{kind}/4.0/"
    return Licence(f"CC-{kind.upper()}-4.0", f"Creative Commons {name} 4.0", url, **facts)


LICENCES: dict[str, Licence] = {
    licence.spdx: licence
    for licence in (
        _cc("by", "Attribution"),
        _cc("by-sa", "Attribution-ShareAlike", is_share_alike=True),
        _cc("by-nd", "Attribution-NoDerivatives", is_no_derivatives=True),
        _cc("by-nc", "Attribution-NonCommercial", is_non_commercial=True),
        _cc(
            "by-nc-sa",
            "Attribution-NonCommercial-ShareAlike",
            is_non_commercial=True,
            is_share_alike=True,
        ),
        _cc(
            "by-nc-nd",
            "Attribution-NonCommercial-NoDerivatives",
            is_non_commercial=True,
            is_no_derivatives=True,
        ),
        Licence(
            "CC0-1.0",
            "Creative Commons Zero 1.0",
            f"{_HOST}/publicdomain/zero/1.0/",
            needs_attribution=False,
        ),
    )
}


def licence_at(url: str) -> Licence | None:
    """The licence that lives at ``url``: http or https, with or without a deed or slash."""
    try:
        parts = urlsplit(url.strip().lower())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or host.removeprefix("www.") != "creativecommons.org":
        return None
    path = parts.path.removesuffix("/")
    tail = path.rpartition("/")[2]
    if tail.startswith(("deed", "legalcode")):
        path = path.rpartition("/")[0]
    return next((one for one in LICENCES.values() if urlsplit(one.url).path == path + "/"), None)
