"""What we write to whoever uses a text of ours without leave, from what was seen of the copy."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.addresses import site
from articles.models import Article
from licensing.compliance.findings import due, from_json
from licensing.copies import addresses
from licensing.letter_words import visible
from licensing.models import Crosspost, CrosspostCheck
from licensing.request_letters import house_of_ours
from licensing.wording import said

MOST_FINDINGS = 30
DAYS_TO_ANSWER = 7


def copy_at(article: Article, url: str) -> Crosspost | None:
    """The copy of ``article`` that is known at ``url``."""
    try:
        key = addresses.key(url)
    except addresses.NoAddress:
        return None
    return Crosspost.objects.filter(article=article, url_key=key).first()


def evidence_of(crosspost: Crosspost | None) -> CrosspostCheck | None:
    """The last look that saw the page."""
    return crosspost.checks.filter(failure="").first() if crosspost else None


def subject(article: Article) -> str:
    """The line above the notice."""
    return _("Your use of our text “{headline}”").format(headline=article.headline[:80])


def text(article: Article, url: str, *, by, evidence: CrosspostCheck | None) -> str:
    """The notice, to be read over and changed by whoever sends it."""
    house = house_of_ours()
    name = house.name if house else _("The rights desk")
    parts = [
        _("On this page stands a text to which we hold the rights:"),
        url,
        _("It is this one, which we published:"),
        f"“{article.headline}”\n{site()}{article.get_absolute_url()}",
    ]
    if evidence:
        day = date_format(timezone.localtime(evidence.at), "DATETIME_FORMAT")
        parts.append(_("We looked at your page on {day}. This is what we found:").format(day=day))
        parts += _found(evidence)
        if evidence.sha256:
            parts.append(_("SHA-256 of what your server sent:") + f" {evidence.sha256}")
    parts += [
        ngettext(
            "We ask you to take it down within {days} day, and to tell us so in answer to this "
            "letter. If you have leave of ours, send us its number.",
            "We ask you to take it down within {days} days, and to tell us so in answer to this "
            "letter. If you have leave of ours, send us its number.",
            DAYS_TO_ANSWER,
        ).format(days=DAYS_TO_ANSWER),
        _(
            "We believe in good faith that neither we, nor somebody acting for us, nor the law "
            "allows this use. What stands here is accurate, and, under penalty of perjury, the "
            "undersigned may act for the rights holder."
        ),
        "\n".join(filter(None, [by.get_full_name(), name, house.rights_contact if house else ""])),
    ]
    return "\n\n".join(parts)


def _found(evidence: CrosspostCheck) -> list[str]:
    amiss = due(from_json(evidence.findings))[:MOST_FINDINGS]
    sentences = [visible(said(finding.sentence)) for finding in amiss]
    return ["\n".join(f"– {sentence}" for sentence in sentences)] if sentences else []
