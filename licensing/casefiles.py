"""The whole case of one request on paper, for a dispute: asked, said, offered, billed, granted."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.outbox.models import PromisedMail
from cms.workflows.moves import Workflow
from licensing import issuing, papers
from licensing.described import described
from licensing.grant_workflow import GRANT
from licensing.models import Grant, Invoice, PermissionRequest, Quote
from licensing.places import country_name
from licensing.printing.document import CaseFile, Event, File, Line, Mail, Message, Record
from licensing.printing.labels import CASE_FILE
from licensing.printing.typeset import typeset
from licensing.quotes import lines_in_words
from licensing.request_workflow import REQUEST
from licensing.rights.conditions import parse
from licensing.rights.particulars import Particulars
from licensing.rights.vocabulary import Use
from licensing.wording import said, use_name, verdict_word

REQUESTER = gettext_lazy("The requester")


def pdf(permission_request: PermissionRequest, *, at: datetime) -> bytes:
    """The case file as a PDF, in the language of whoever asks for it. Raises TypesettingError."""
    return typeset(case_file(permission_request, at=at)).pdf


def case_file(permission_request: PermissionRequest, *, at: datetime) -> CaseFile:
    """What is printed."""
    asked = permission_request
    language = translation.get_language() or settings.LANGUAGE_CODE
    return CaseFile(
        **papers.head(language, dated=at),
        number=asked.number,
        url=papers.absolute(asked.get_admin_url()),
        requester=asked.requester,
        status=asked.get_status_display(),
        head=_head(asked, at=at),
        asked=_asked(asked),
        articles=_articles(asked, at=at),
        thread=[
            Message(_name(one.by), papers.moment(one.sent_at), one.text)
            for one in asked.messages.select_related("by")
        ],
        notes=[
            Message(_name(one.by), papers.moment(one.written_at), one.text)
            for one in asked.notes.select_related("by")
        ],
        quotes=[_quote(one, language) for one in asked.quotes.order_by("number")],
        invoices=[_invoice(one) for one in _bills(asked)],
        grants=[_grant(one) for one in asked.grants.order_by("pk")],
        events=_events(asked),
        files=[
            File(one.name, one.sha256, _file_note(one))
            for one in asked.files.select_related("uploaded_by")
        ],
        mails=[_mail(one) for one in promised_mail(asked)],
        labels=papers.labels(CASE_FILE),
    )


def promised_mail(permission_request: PermissionRequest) -> QuerySet[PromisedMail]:
    """Every mail that was promised for a case, in order, also those that are no longer kept."""
    keys = Q(key__startswith=f"request-{permission_request.pk}-")
    for key in permission_request.events.values_list("pk", flat=True):
        keys |= Q(key__startswith=f"request-event-{key}-")
    for key in permission_request.messages.values_list("pk", flat=True):
        keys |= Q(key__in=[f"request-message-{key}", f"request-message-{key}-desk"])
    for key, event in permission_request.grants.values_list("pk", "events"):
        keys |= Q(key__startswith=f"grant-{key}-") | Q(key__startswith=f"grant-event-{event}-")
    return PromisedMail.objects.filter(keys).select_related("email").order_by("pk")


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else str(REQUESTER)


def _told(pairs: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(label, str(value)) for label, value in pairs if value]


def _head(asked: PermissionRequest, *, at: datetime) -> list[tuple[str, str]]:
    version = asked.rule_version
    return _told(
        [
            (_("E-mail"), asked.requester_email),
            (_("Kind of requester"), asked.get_requester_kind_display()),
            (_("Website"), asked.outlet_url),
            (_("Country"), country_name(asked.outlet_country) if asked.outlet_country else ""),
            (_("Invoice to"), asked.billing_name),
            (_("Address for the invoice"), asked.billing_address),
            (_("VAT number"), asked.vat_id),
            (_("Their order number"), asked.po_number),
            (_("Asked"), papers.moment(asked.created_at)),
            (_("Received"), papers.moment(asked.received_at)),
            (_("Answer promised by"), papers.day(asked.promised_by)),
            (_("First answered"), papers.moment(asked.answered_at)),
            (_("Settled"), papers.moment(asked.settled_at)),
            (_("Owner"), _name(asked.owner) if asked.owner else ""),
            (_("Granted by the rule"), version or ""),
            (_("Referred to"), ", ".join(filter(None, [asked.holder_name, asked.holder_contact]))),
            (_("Kind of refusal"), asked.get_decline_code_display()),
            (_("Duplicate of"), asked.duplicate_of or ""),
            (_("Goes on from"), asked.follows or ""),
            (_("Renews"), asked.renews or ""),
            (_("Printed"), papers.moment(at)),
        ]
    )


def _asked(asked: PermissionRequest) -> list[tuple[str, str]]:
    return _told(
        [
            (_("Use"), use_name(Use(asked.use))),
            *described(asked.asked),
            (_("Exclusive"), _("Yes") if asked.is_exclusive else _("No")),
            (_("Needed by"), papers.day(asked.deadline)),
            (_("What else we should know"), asked.purpose),
        ]
    )


def _articles(asked: PermissionRequest, *, at: datetime) -> list[Record]:
    found = []
    for line in issuing.articles_of(asked, at=at):
        facts = [
            (_("Address"), papers.absolute(line.article.get_absolute_url())),
            (_("Answer on the day of printing"), verdict_word(line.decision.verdict)),
            (_("Pictures asked for"), len(line.requested.pictures)),
            (_("Of these not ours to give"), len(line.left_out)),
        ]
        reasons = [said(reason) for reason in line.decision.reasons]
        found.append(Record(title=line.article.headline, facts=_told(facts), paragraphs=reasons))
    return found


def _quote(quote: Quote, language: str) -> Record:
    given = Particulars(Use(quote.permission_request.use), quote.particulars)
    conditions = [said(entry) for entry in parse(quote.conditions)]
    facts = [
        (_("Sent"), papers.moment(quote.created_at)),
        (_("By"), _name(quote.created_by)),
        (_("Valid until"), papers.day(quote.valid_until)),
        *described(given),
        (_("Exclusive"), _("Yes") if quote.is_exclusive else _("No")),
        (_("Net"), papers.amount(quote.net, quote.currency)),
        (quote.tax_label, papers.amount(quote.tax, quote.currency)),
        (_("Total"), papers.amount(quote.total, quote.currency)),
        (_("Conditions"), "; ".join(conditions)),
    ]
    return Record(
        title=_("Quote {number}").format(number=quote.number),
        facts=[pair for pair in _told(facts) if pair[0]],
        lines=[
            Line(line.label, line.amount, line.why)
            for line in lines_in_words(quote.lines, quote.currency, language)
        ],
        paragraphs=[quote.message],
    )


def _bills(asked: PermissionRequest) -> QuerySet[Invoice]:
    return (
        asked.invoices.select_related("cancels", "grant")
        .prefetch_related("payments")
        .order_by("pk")
    )


def _invoice(invoice: Invoice) -> Record:
    facts = [
        (_("Kind"), invoice.get_kind_display()),
        (_("Issued"), papers.moment(invoice.issued_at)),
        (_("Due"), papers.day(invoice.due_on)),
        (_("Cancels"), invoice.cancels or ""),
        (_("Licence"), invoice.grant or ""),
        (_("Total"), papers.amount(invoice.total, invoice.currency)),
    ]
    payments = [
        Line(
            _("Received on {day}").format(day=papers.day(payment.received_on)),
            papers.amount(payment.amount, invoice.currency),
            payment.reference,
        )
        for payment in invoice.payments.all()
    ]
    return Record(title=invoice.number, facts=_told(facts), lines=payments)


def _grant(grant: Grant) -> Record:
    facts = [
        (_("Status"), grant.get_status_display()),
        (_("Licensee"), grant.licensee),
        (_("First day"), papers.day(grant.valid_from)),
        (_("Last day"), papers.day(grant.valid_until) or _("no end")),
        (_("Exclusive"), _("Yes") if grant.is_exclusive else _("No")),
        (_("Fee"), papers.amount(grant.fee, grant.currency) if grant.currency else ""),
        (_("Takes the place of"), grant.supersedes or ""),
        (_("Check"), papers.check_url(grant)),
    ]
    articles = [
        f"{row.headline} · r{row.revision.number} · {row.fingerprint}"
        for row in grant.granted.select_related("revision")
    ]
    return Record(title=grant.number, facts=_told(facts), paragraphs=articles)


def _events(asked: PermissionRequest) -> list[Event]:
    """The moves of the request and of its grants, in the order in which they were made."""
    found = [(one, REQUEST, asked.number) for one in asked.events.select_related("by")]
    for grant in asked.grants.all():
        found += [(one, GRANT, grant.number) for one in grant.events.select_related("by")]
    found.sort(key=lambda row: (row[0].at, row[2], row[0].number))
    return [_event(*row) for row in found]


def _event(event, workflow: Workflow, number: str) -> Event:
    label = workflow[event.move].label if event.move in workflow.moves else event.move
    return Event(
        who=_name(event.by) if event.by else event.actor,
        when=papers.moment(event.at),
        move=f"{number} · {label}",
        before=str(workflow.labels.get(event.from_status, event.from_status)),
        after=str(workflow.labels.get(event.to_status, event.to_status)),
        reason=event.reason,
        seal=event.seal,
    )


def _file_note(kept) -> str:
    who = _name(kept.uploaded_by)
    return f"{papers.moment(kept.uploaded_at)} · {who} · {kept.media_type} · {kept.size:,} B"


def _mail(promise: PromisedMail) -> Mail:
    email = promise.email
    if email is None:
        return Mail(papers.moment(promise.created_at), "", _("No longer kept"))
    return Mail(papers.moment(promise.created_at), ", ".join(email.to), email.subject)
