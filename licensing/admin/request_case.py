"""What the page of a permission request says: all that a colleague has to know to decide it."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from moneyed import Money
from post_office.models import STATUS

from licensing import answers, conflicts, issuing
from licensing.actions.grants import credit_line
from licensing.admin.request_filters import name_of
from licensing.casefiles import promised_mail
from licensing.described import described, differences
from licensing.grant_workflow import GRANT
from licensing.models import (
    GrantedArticle,
    InvoiceKind,
    PermissionRequest,
    RequestStatus,
)
from licensing.models.grant import BINDING
from licensing.money import FALLBACK, formatted
from licensing.places import country_name
from licensing.quotes import lines_in_words
from licensing.request_workflow import REQUEST
from licensing.rights.conditions import parse
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from licensing.snapshot import picture_key
from licensing.wording import said, use_name, verdict_word

MOST_SHOWN = 8
MOST_MESSAGES = 200
SEAL_SHOWN = 10


def money_in_words(amount, currency: str) -> str:
    return formatted(Money(amount, currency), get_language() or FALLBACK)


def who(user, otherwise="") -> str:
    return name_of(user) if user else otherwise


def asked_of(permission_request: PermissionRequest) -> list[tuple[str, str]]:
    """What was asked in words: the use, the answers to its questions, and what goes with them."""
    found = [(_("Use"), use_name(Use(permission_request.use)))]
    found += described(permission_request.asked)
    found.append((_("Exclusive"), _("Yes") if permission_request.is_exclusive else _("No")))
    return found


def requester_of(permission_request: PermissionRequest) -> list[tuple[str, str]]:
    """Who asks, line by line."""
    asked = permission_request
    found = [
        (_("Name"), asked.requester_name),
        (_("E-mail"), asked.requester_email),
        (_("Kind"), asked.get_requester_kind_display()),
        (_("Outlet"), asked.outlet),
        (_("Website"), asked.outlet_url),
        (_("Country"), country_name(asked.outlet_country) if asked.outlet_country else ""),
        (_("Language of our letters"), asked.get_language_display()),
        (_("Invoice to"), asked.billing_name),
        (_("Address for the invoice"), asked.billing_address),
        (_("VAT number"), asked.vat_id),
        (_("Their order number"), asked.po_number),
    ]
    return [(label, value) for label, value in found if value]


def articles_in_words(lines) -> list[dict]:
    """Each article asked for with what is answered about it, and about each picture."""
    return [
        {
            "article": line.article,
            "answer": answers.answer(line.decision),
            "pictures": _pictures(line),
        }
        for line in lines
    ]


def _pictures(line) -> list[dict]:
    images = {picture_key(image): image for image in line.article.pictures()}
    decided = {one.element.key: one for one in line.decision.elements}
    found = []
    for key in line.requested.pictures:
        image, one = images.get(key), decided.get(key)
        found.append(
            {
                "name": str(image) if image else _("A picture that left the page"),
                "verdict": one.verdict.value if one else "refused",
                "word": verdict_word(one.verdict) if one else _("Not on the page any more"),
                "reasons": [said(reason) for reason in one.reasons] if one else [],
            }
        )
    return found


def quotes_of(permission_request: PermissionRequest, titles: dict[int, str]) -> list[dict]:
    """Every version, the newest first, with its lines and what changed since the one before."""
    rows = list(
        permission_request.quotes.select_related("created_by", "schedule_version__schedule")
    )
    language = get_language() or FALLBACK
    found = []
    for place, quote in enumerate(rows):
        before = rows[place + 1] if place + 1 < len(rows) else None
        found.append(
            {
                "quote": quote,
                "total": money_in_words(quote.total, quote.currency),
                "net": money_in_words(quote.net, quote.currency),
                "tax": money_in_words(quote.tax, quote.currency),
                "lines": lines_in_words(quote.lines, quote.currency, language),
                "conditions": [said(entry) for entry in parse(quote.conditions)],
                "changes": _changes(permission_request, quote, before),
                "articles": [titles[key] for key in quote.articles if key in titles],
                "is_partial": len(quote.articles) < len(titles),
                "is_accepted": quote.pk == permission_request.accepted_quote_id,
                "has_ended": quote.has_ended(),
                "by": who(quote.created_by),
            }
        )
    return found


def _changes(permission_request, quote, before) -> list[tuple[str, str, str]]:
    """Against the version before; of the first, against what was asked."""
    use = Use(permission_request.use)
    old = Particulars(use, before.particulars) if before else permission_request.asked
    found = differences(old, Particulars(use, quote.particulars))
    was_exclusive = before.is_exclusive if before else permission_request.is_exclusive
    if was_exclusive != quote.is_exclusive:
        words = (_("No"), _("Yes"))
        found.append((_("Exclusive"), words[was_exclusive], words[quote.is_exclusive]))
    if before and (before.total, before.currency) != (quote.total, quote.currency):
        was = money_in_words(before.total, before.currency)
        found.append((_("Total"), was, money_in_words(quote.total, quote.currency)))
    return found


def bills_of(permission_request: PermissionRequest) -> list[dict]:
    """Invoices and credit notes with what came in for them."""
    rows = permission_request.invoices.select_related("cancels", "cancelled_by")
    found = []
    for bill in rows.prefetch_related("payments__recorded_by"):
        is_open = bill.kind == InvoiceKind.INVOICE and not hasattr(bill, "cancelled_by")
        found.append(
            {
                "bill": bill,
                "url": reverse(
                    "admin:licensing_permissionrequest_invoice",
                    args=[permission_request.pk, bill.number],
                ),
                "total": money_in_words(bill.total, bill.currency),
                "is_overdue": is_open and bill.is_overdue(timezone.localdate()),
                "is_paid": is_open and bill.is_paid,
                "is_cancelled": hasattr(bill, "cancelled_by"),
                "payments": [
                    {
                        "amount": money_in_words(payment.amount, bill.currency),
                        "on": payment.received_on,
                        "reference": payment.reference,
                        "by": who(payment.recorded_by),
                    }
                    for payment in bill.payments.all()
                ],
            }
        )
    return found


def letters_of(permission_request: PermissionRequest) -> list[dict]:
    """The mails that were promised for this case, and what became of each."""
    rows = promised_mail(permission_request).order_by("-pk")
    return [
        {
            "subject": mail.email.subject if mail.email else mail.template,
            "to": ", ".join(mail.email.to) if mail.email else "",
            "at": mail.created_at,
            "state": _state_of(mail.email),
        }
        for mail in rows[:MOST_MESSAGES]
    ]


def _state_of(email) -> tuple[str, str]:
    if email is None:
        return "gone", _("No longer kept")
    if email.status == STATUS.sent:
        return "sent", _("Sent")
    if email.status == STATUS.failed:
        return "failed", _("Could not be sent")
    return "queued", _("Waits to be sent")


def events_in_words(row, workflow) -> list[dict]:
    """The moves as people read them, newest first, each with the beginning of its seal."""
    return [
        {
            "number": event.number,
            "at": event.at,
            "who": who(event.by, event.actor),
            "label": workflow[event.move].label if event.move in workflow.moves else event.move,
            "to_label": workflow.labels.get(event.to_status, event.to_status),
            "to_status": event.to_status,
            "reason": event.reason,
            "facts": [_fact(name, value) for name, value in event.facts.items() if value],
            "seal": event.seal,
            "seal_short": event.seal[:SEAL_SHOWN],
        }
        for event in row.events.select_related("by").order_by("-number")
    ]


# The facts of an event, as people call them.
FACTS = {
    "quote": gettext_lazy("quote"),
    "total": gettext_lazy("total"),
    "changed": gettext_lazy("changed"),
    "invoice": gettext_lazy("invoice"),
    "rule": gettext_lazy("rule"),
    "goes_on_in": gettext_lazy("goes on in"),
    "goes_on_from": gettext_lazy("goes on from"),
    "duplicate_of": gettext_lazy("duplicate of"),
    "renews": gettext_lazy("renews"),
    "extended": gettext_lazy("until"),
    "superseded_by": gettext_lazy("in its place"),
}


def _fact(name: str, value) -> str:
    """“quote: 2”; of a long fingerprint the beginning."""
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name == "sha256":
        words = f"{words[:SEAL_SHOWN]}…"
    return f"{FACTS.get(name, name)}: {words}"


def other_grants(permission_request: PermissionRequest, articles: list[int]) -> list[dict]:
    """Licences that others hold for these articles, those that bind first."""
    rows = (
        GrantedArticle.objects.filter(article__in=articles)
        .exclude(grant__permission_request=permission_request)
        .select_related("grant")
        .order_by("-grant__issued_at", "position")
    )
    grants: dict[int, dict] = {}
    for row in rows[: MOST_SHOWN * 5]:
        found = grants.setdefault(row.grant_id, {"grant": row.grant, "headlines": []})
        found["headlines"].append(row.headline)
    shown = sorted(grants.values(), key=lambda one: one["grant"].status not in BINDING)
    return shown[:MOST_SHOWN]


def other_requests(permission_request: PermissionRequest) -> list[PermissionRequest]:
    if not permission_request.requester_email:
        return []
    rows = PermissionRequest.objects.of_requester(permission_request.requester_email)
    return list(rows.exclude(pk=permission_request.pk)[:MOST_SHOWN])


def links_of(permission_request: PermissionRequest, at: datetime) -> dict:
    rows = list(permission_request.links.all()[:MOST_SHOWN])
    return {"rows": rows, "open": sum(link.is_open(at) for link in rows)}


def preview_of(permission_request: PermissionRequest, *, at: datetime, quote=None) -> dict:
    """The licence as it would be given now, and what stands in its way."""
    proposed = issuing.proposal(permission_request, at=at, quote=quote)
    objections = issuing.objections(proposed)
    warned = [one.sentence for one in conflicts.of(proposed) if not one.forbids]
    return {
        "asked": described(proposed.given),
        "conditions": [said(entry) for entry in proposed.conditions],
        "first": proposed.valid_from,
        "last": proposed.valid_until,
        "is_exclusive": proposed.is_exclusive,
        "lines": [
            {
                "article": line.article,
                "revision": line.article.revisions.first(),
                "pictures": len(line.pictures),
                "left_out": len(line.left_out),
                "credit": credit_line(line, proposed, number=_("(its number)")),
            }
            for line in proposed.lines
        ],
        "objections": objections,
        "warnings": warned,
    }


def case_of(permission_request: PermissionRequest, *, at: datetime) -> dict:
    """Everything that hangs on a case."""
    lines = issuing.articles_of(permission_request, at=at)
    titles = {line.requested.article_id: line.article.headline for line in lines}
    newest = permission_request.messages.select_related("by").order_by("-sent_at", "-pk")
    return {
        "asked": asked_of(permission_request),
        "requester": requester_of(permission_request),
        "articles": articles_in_words(lines),
        "in_the_way": conflicts.of(issuing.proposal(permission_request, at=at)),
        "thread": list(newest[:MOST_MESSAGES])[::-1],
        "notes": permission_request.notes.select_related("by"),
        "files": permission_request.files.select_related("uploaded_by"),
        "quotes": quotes_of(permission_request, titles),
        "bills": bills_of(permission_request),
        "grants": permission_request.grants.all(),
        "links": links_of(permission_request, at),
        "letters": letters_of(permission_request),
        "events": events_in_words(permission_request, REQUEST),
        "others": other_requests(permission_request),
        "other_grants": other_grants(permission_request, list(titles)),
        "grant_labels": GRANT.labels,
        "may_be_written_to": permission_request.status
        not in (RequestStatus.HELD, RequestStatus.CLOSED)
        and not permission_request.erased_at,
    }
