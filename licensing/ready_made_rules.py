"""Ready-made instant rules, as data: to start from in the admin, and to show in the demo."""

from typing import NamedTuple

from licensing.rights.instant import NOT_COMMERCIAL, Rule
from licensing.rights.vocabulary import Use


class ReadyMadeRule(NamedTuple):
    """A rule that a newsroom can take as it is, or make its own."""

    slug: str
    summary: str
    grants: Rule

    @property
    def name(self) -> str:
        return self.grants.name


_CROSS_POST = "Community cross-post within the terms"
READY_MADE_RULES: tuple[ReadyMadeRule, ...] = (
    ReadyMadeRule(
        "community-cross-post",
        "Non-commercial sites and schools get at once, and in writing, what the terms let them "
        "have: up to five articles, without advertising and without a paywall.",
        Rule(_CROSS_POST, 1, Use.COMMUNITY_WEB, NOT_COMMERCIAL, most_articles=5),
    ),
)
