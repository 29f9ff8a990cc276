"""What an instant rule says, in words: a sentence for lists, a table of pairs for its page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from licensing.models import GrantRuleVersion
from licensing.rights.questions import REQUESTER_KINDS
from licensing.rights.vocabulary import Use
from licensing.wording import use_name


def summary(version: GrantRuleVersion) -> str:
    """“Cross-post on a community site: up to 5 articles. For: a non-commercial outlet …”."""
    articles = ngettext("{most} article", "up to {most} articles", version.most_articles)
    return _("{use}: {articles}. For: {whom}").format(
        use=use_name(Use(version.use)),
        articles=articles.format(most=version.most_articles),
        whom=_whom(version),
    )


def reading(version: GrantRuleVersion) -> list[tuple[str, str]]:
    """The rule as labels with values."""
    return [
        (_("Use"), use_name(Use(version.use))),
        (_("For whom"), _whom(version)),
        (_("Articles at a time, at most"), str(version.most_articles)),
        (_("Days, at most"), _limit(version.most_days)),
        (_("Copies, at most"), _limit(version.most_copies)),
        (_("With advertising on the page, too"), _yes_no(version.allows_ads)),
        (_("Where readers pay, too"), _yes_no(version.allows_paywall)),
    ]


def _whom(version: GrantRuleVersion) -> str:
    labels = [
        _(label) for kind, label in REQUESTER_KINDS.items() if kind in version.requester_kinds
    ]
    return "; ".join(label[:1].lower() + label[1:] for label in labels)


def _limit(most: int | None) -> str:
    return _("No limit of its own") if most is None else f"{most:,}"


def _yes_no(value: object) -> str:
    return _("Yes") if value else _("No")
