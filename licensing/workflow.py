"""The tables of the rights desk: how far a clearance may move, under which name, by whose leave."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.workflows.moves import Move, Reason, Reasons, Workflow
from licensing import objections
from licensing.letters import can_be_sent_to
from licensing.models import Clearance, ClearanceStatus
from licensing.rights.vocabulary import Basis

# Those that rest on somebody's word, which must be on record.
GIVEN_BY_SOMEBODY = frozenset({Basis.PERMISSION, Basis.ASSIGNMENT, Basis.AGREEMENT})


def _it_has_not_ended(clearance: Clearance, *, at: datetime) -> Reasons:
    if clearance.valid_until is None or clearance.valid_until >= timezone.localdate(at):
        return []
    said = _("Its last day was %(day)s. For days that lie ahead enter another one.")
    return [said % {"day": date_format(clearance.valid_until)}]


def _it_covers_something(clearance: Clearance) -> Reasons:
    if clearance.covers:
        return []
    return [_("It covers nothing: say what we may do.")]


def what_hinders_asking(clearance: Clearance, *, by, at: datetime) -> Reasons:
    """Why the rights holder cannot be written to."""
    reasons = []
    if clearance.basis not in GIVEN_BY_SOMEBODY:
        said = _("It rests on “%(basis)s”: there is nobody to ask.")
        reasons.append(said % {"basis": clearance.get_basis_display()})
    contact = clearance.contact
    if not contact:
        reasons.append(
            _("There is nobody to write to. Enter a contact here or with the publication.")
        )
    elif not can_be_sent_to(contact):
        reasons.append(_("The contact is not one plain mail address."))
    elif contact.casefold() == objections.house_contact().casefold():
        reasons.append(_("The contact is our own rights desk: we cannot ask ourselves."))
    reasons += objections.from_ourselves(clearance)
    return [*reasons, *_it_covers_something(clearance), *_it_has_not_ended(clearance, at=at)]


def what_hinders_granting(clearance: Clearance, *, by, at: datetime) -> Reasons:
    """Why it cannot be granted; ``by`` is nobody where the holder answers by link."""
    return [
        *objections.from_ourselves(clearance),
        *_it_covers_something(clearance),
        *_it_has_not_ended(clearance, at=at),
        *objections.exclusive_twice(clearance),
        *_fair_use_is_argued(clearance),
        *_the_licence_is_named(clearance),
        *_somebodys_word_is_on_record(clearance, by=by),
    ]


def _fair_use_is_argued(clearance: Clearance) -> Reasons:
    if clearance.basis != Basis.FAIR_USE:
        return []
    factors = ("purpose", "nature", "amount", "effect")
    names = [f"fair_use_{factor}" for factor in factors]
    missing = [name for name in names if not getattr(clearance, name).strip()]
    reasons = []
    if missing:
        labels = [str(Clearance._meta.get_field(name).verbose_name) for name in missing]
        said = _("Fair use is argued in writing. Not answered yet: %(factors)s.")
        reasons.append(said % {"factors": ", ".join(labels)})
    if clearance.fair_use_editor is None:
        reasons.append(_("Fair use needs an editor who answers for it."))
    return reasons + objections.no_editor(clearance.fair_use_editor)


def _the_licence_is_named(clearance: Clearance) -> Reasons:
    if clearance.basis != Basis.OPEN_LICENCE or clearance.licence_url:
        return []
    return [_("An open licence needs the address at which it can be read.")]


def _somebodys_word_is_on_record(clearance: Clearance, *, by) -> Reasons:
    if by is None or clearance.basis not in GIVEN_BY_SOMEBODY:
        return []
    if clearance.reference or clearance.evidence.exists():
        return []
    return [
        _(
            "Nothing shows that it was given: file the letter, name its reference, or let the "
            "rights holder answer by link."
        )
    ]


def _its_days_are_over(clearance: Clearance, *, by, at: datetime) -> Reasons:
    if by is not None:
        return [_("It expires by itself after its last day. To end it sooner, revoke it.")]
    if clearance.ends_at is None or clearance.ends_at > at:
        return [_("Its last day has not passed yet.")]
    return []


NEEDED, REQUESTED = ClearanceStatus.NEEDED, ClearanceStatus.REQUESTED
GRANTED, REFUSED = ClearanceStatus.GRANTED, ClearanceStatus.REFUSED
EXPIRED, REVOKED = ClearanceStatus.EXPIRED, ClearanceStatus.REVOKED

CLEARANCE = Workflow(
    "clearance",
    statuses=ClearanceStatus.choices,
    initial=NEEDED,
    moves=[
        Move(
            "request",
            frozenset({NEEDED}),
            REQUESTED,
            "licensing.request_clearance",
            gettext_lazy("Ask the rights holder"),
            gettext_lazy(
                "Writes to the rights holder, with a secret link on which they answer without "
                "an account."
            ),
            hindrances=what_hinders_asking,
        ),
        Move(
            "grant",
            frozenset({NEEDED, REQUESTED, REFUSED}),
            GRANTED,
            "licensing.grant_clearance",
            gettext_lazy("Record as granted"),
            gettext_lazy(
                "We may carry what it covers from its first day on. Its terms then stay as "
                "they are."
            ),
            reason=Reason.OPTIONAL,
            is_unattended=True,
            hindrances=what_hinders_granting,
        ),
        Move(
            "refuse",
            frozenset({NEEDED, REQUESTED}),
            REFUSED,
            "licensing.grant_clearance",
            gettext_lazy("Record as refused"),
            gettext_lazy("The rights holder said no."),
            reason=Reason.REQUIRED,
            is_unattended=True,
        ),
        Move(
            "revoke",
            frozenset({GRANTED}),
            REVOKED,
            "licensing.revoke_clearance",
            gettext_lazy("Revoke"),
            gettext_lazy(
                "It no longer counts. What rests on nothing else leaves the public pages at once."
            ),
            reason=Reason.REQUIRED,
            is_grave=True,
        ),
        Move(
            "expire",
            frozenset({GRANTED}),
            EXPIRED,
            "licensing.revoke_clearance",
            gettext_lazy("Expire"),
            gettext_lazy("Its last day has passed. Only the clock does this."),
            is_unattended=True,
            hindrances=_its_days_are_over,
        ),
        Move(
            "reopen",
            frozenset({REFUSED, EXPIRED, REVOKED}),
            NEEDED,
            "licensing.request_clearance",
            gettext_lazy("Reopen"),
            gettext_lazy("It is needed again, and may be asked for again."),
            reason=Reason.OPTIONAL,
        ),
    ],
)
