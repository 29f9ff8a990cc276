"""What is wrong with a clearance as it is entered: sentences, none where it makes sense."""

from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication
from licensing.rights.licences import licence_at
from licensing.rights.vocabulary import Basis, Use
from licensing.wording import listed, use_name

APPROVES = "articles.approve_article"


def house_contact() -> str:
    """The address of our own rights desk, as far as it is known."""
    ours = Publication.objects.filter(is_house=True).first()
    return ours.rights_contact if ours else ""


def from_ourselves(clearance) -> list[str]:
    """We cannot give ourselves leave."""
    ourselves = _("This is our own publication: leave from ourselves is no leave.")
    if clearance.publication and clearance.publication.is_house:
        return [ourselves]
    name = clearance.holder_name.strip().casefold()
    ours = Publication.objects.filter(is_house=True).first()
    if ours and name and name == ours.name.strip().casefold():
        return [ourselves]
    if clearance.basis == Basis.OWN_WORK or name or clearance.publication:
        return []
    article = clearance.article
    if article and not article.is_carried and article.publication.is_house:
        return [_("“%(article)s” is our own: it needs nobody's leave.") % {"article": article}]
    return []


def both_allowed_and_forbidden(clearance) -> list[str]:
    """Nobody lets others do what is forbidden to everybody."""
    both = set(_words(clearance.passes_on)) & set(_words(clearance.forbids))
    names = listed(use_name(use) for use in Use if use in both)
    said = _("Allowed to others and forbidden to everybody at once: %(uses)s.")
    return [said % {"uses": names}] if names else []


def _words(value) -> list[str]:
    # What is no list of names at all, the field's own validator refuses.
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def agreed_in_the_future(clearance) -> list[str]:
    """What is agreed was agreed already."""
    if clearance.agreed_on and clearance.agreed_on > timezone.localdate():
        return [_("The day on which it was agreed lies ahead.")]
    return []


def no_web_address(url: str) -> list[str]:
    """A licence is read on the web."""
    if url and urlsplit(url).scheme not in ("http", "https"):
        return [_("The address of a licence begins with http or https.")]
    return []


def no_editor(person) -> list[str]:
    """Who answers for fair use is an editor who may approve articles."""
    if person is None or (person.is_active and person.has_perm(APPROVES)):
        return []
    said = _("%(name)s is no editor: whoever answers for fair use must be allowed to approve.")
    return [said % {"name": person.get_full_name() or person}]


def exclusive_twice(clearance) -> list[str]:
    """Two cannot both have the same alone on the same day."""
    other = type(clearance).objects.against(clearance).first()
    if other is None:
        return []
    said = _("“%(other)s” is exclusive too, for the same and on some of the same days (%(days)s).")
    return [said % {"other": other, "days": other.days}]


def beyond_its_basis(clearance) -> list[str]:
    """Fair use passes nothing on, and an open licence only what it grants."""
    wanted = _words(clearance.passes_on)
    if clearance.basis == Basis.FAIR_USE and wanted:
        return [_("Fair use covers what we do ourselves; it lets us pass nothing on.")]
    licence = licence_at(clearance.licence_url)
    if clearance.basis != Basis.OPEN_LICENCE or licence is None:
        return []
    names = listed(use_name(use) for use in Use if use in wanted and use not in licence.grants)
    said = _("%(licence)s does not grant this to others: %(uses)s.")
    return [said % {"licence": licence.name, "uses": names}] if names else []
