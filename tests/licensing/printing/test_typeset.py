"""The papers in print: every fact, number and page, tagged and signed, whatever is fed to them."""

import datetime
import io
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageOps
from pypdf import PdfReader

from licensing.printing.document import (
    CaseFile,
    Certificate,
    Event,
    File,
    Invoice,
    IssuedByRule,
    LicensedArticle,
    Line,
    Mail,
    Message,
    Party,
    Record,
)
from licensing.printing.labels import CERTIFICATE
from licensing.printing.typeset import typeset
from tests.factories.papers import CHECK, FINGERPRINT, PAY, TERMS, case_file, certificate, invoice

PAPERS = {"certificate": certificate, "invoice": invoice, "case file": case_file}
MARKUP = '#read("/etc/passwd") *bold* _it_ @ref $x$ `raw` <label> // \\ #sys.inputs {name}'
# Settings, and what chooses between labels, not texts.
NO_TEXTS = {"language", "direction", "labels", "kind", "dated", "exclusive", "only_once_paid"}


def filled(value, text):
    """The same paper with every text in it replaced."""
    if isinstance(value, str):
        return text
    if isinstance(value, list | tuple):
        return type(value)(filled(item, text) for item in value)
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in NO_TEXTS]
        return replace(value, **{name: filled(getattr(value, name), text) for name in names})
    return value


def texts(value):
    """Every text of a paper that is to be found in print."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list | tuple):
        return [text for item in value for text in texts(item)]
    if is_dataclass(value):
        hidden = NO_TEXTS | {"copyright", "terms_url", "url", "sha256", "seal", "vat_id"}
        names = [field.name for field in fields(value) if field.name not in hidden]
        return [text for name in names for text in texts(getattr(value, name))]
    return []


def reader(result):
    return PdfReader(io.BytesIO(result.pdf))


def flat(text):
    return re.sub(r"\s+", " ", text.replace("\u00ad\n", "").replace("\u200b", ""))


def pages(result):
    return [flat(page.extract_text()) for page in reader(result).pages]


def printed(paper):
    return " ".join(pages(typeset(paper)))


def decoded(result):
    """What a telephone reads from the pictures of the file."""
    found = []
    for page in reader(result).pages:
        for picture in page.images:
            code = ImageOps.expand(picture.image.convert("L"), border=80, fill=255)
            found.extend(code.text for code in zxingcpp.read_barcodes(code))
    return found


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_fact_is_in_print_and_the_file_is_small(paper):
    result = typeset(paper())
    text = " ".join(pages(result))
    missing = [fact for fact in texts(paper()) if flat(fact) not in text]
    assert missing == []
    assert len(result.pdf) < 200_000


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_file_is_accessible_and_says_whose_it_is(paper):
    result = typeset(paper())
    file = reader(result)
    root = file.trailer["/Root"]
    packet = root["/Metadata"].get_data().decode()
    assert result.accessible and result.warnings == ()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "/StructTreeRoot" in root and root["/Lang"] == "en-GB"
    assert paper().number in file.xmp_metadata.dc_title["x-default"]
    assert file.xmp_metadata.dc_creator == ["Imprimatur"]
    assert file.xmp_metadata.dc_rights["x-default"] == "© Imprimatur 2026"
    assert f"<xmpRights:WebStatement>{TERMS}</xmpRights:WebStatement>" in packet


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_same_paper_gives_the_same_bytes(paper):
    assert typeset(paper()).pdf == typeset(paper()).pdf


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_whatever_is_written_is_printed_and_never_read(paper):
    result = typeset(filled(paper(), MARKUP))
    text = " ".join(pages(result))
    assert result.accessible
    assert text.count('#read("/etc/passwd") *bold*') >= 25
    assert "root:" not in text
    assert "{number}" not in text


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("text", ["", "W" * 800, "\0\u202e\u2028\ud800\x0c \u200b"])
def test_no_text_is_too_short_too_long_or_too_strange(paper, text):
    assert typeset(filled(paper(), text)).accessible


def test_no_word_runs_off_the_paper():
    result = typeset(case_file(thread=[Message("Otto", "now", "W" * 5000 + " " + "-" * 500)]))
    rows = [
        re.sub(r"\s", "", row)
        for page in reader(result).pages
        for row in page.extract_text().splitlines()
        if row.startswith("WWW")
    ]
    assert sum(map(len, rows)) >= 5000
    assert max(map(len, rows)) < 50


def test_the_codes_lead_to_check_page_and_payment():
    assert decoded(typeset(certificate())) == [CHECK]
    assert decoded(typeset(invoice())) == [PAY]
    assert decoded(typeset(invoice(payment_url="javascript:alert(1)"))) == []


def test_number_and_page_stand_on_every_page_of_a_long_certificate():
    terms = replace(certificate().terms, text=["The text is printed whole. " * 40] * 30)
    found = pages(typeset(certificate(terms=terms)))
    assert len(found) >= 4
    for number, text in enumerate(found, start=1):
        assert "GR-2026-000123" in text and CHECK in text
        assert f"Page {number} of {len(found)}" in text


def test_a_certificate_says_what_kind_of_licence_it_is_and_who_gave_it():
    text = printed(certificate())
    assert "Imprimatur Media grants Marta Lindqvist a non-exclusive licence" in text
    assert FINGERPRINT in text and "Head of rights" in text
    other = certificate(exclusive=True, valid_until="", issued_by=IssuedByRule("Schools", "7"))
    text = printed(other)
    assert "grants Marta Lindqvist an exclusive licence" in text
    assert "No end date" in text
    assert "by standing rule" in flat(text) and "Version 7" in text


def test_an_invoice_says_that_the_licence_counts_once_paid_and_a_credit_note_what_it_cancels():
    sentence = "The licence counts only once this invoice has been paid in full."
    text = printed(invoice())
    assert sentence in text and "VAT 20 %" in text and "SE 5566 01" in text
    assert sentence not in printed(invoice(only_once_paid=False))
    note = printed(invoice(kind="credit_note", number="CN-2026-000003", cancels="INV-2026-000045"))
    assert "Credit note" in note and "This credit note cancels invoice INV-2026-000045." in note
    assert sentence not in note and "Total credited" in note


def test_internal_notes_are_marked_on_every_page_and_unmentioned_where_not_asked_for():
    notes = [Message("Hanna", "21 Nov", "They paid late twice. " * 200)] * 3
    found = pages(typeset(case_file(notes=notes)))
    assert len(found) > 2
    assert all("Contains internal notes" in page for page in found)
    assert " ".join(found).count("INTERNAL") == 3
    assert "nternal" not in printed(case_file())
    assert "Nothing is on record." in printed(case_file(notes=[]))


def test_an_event_shows_sixteen_digits_of_its_seal_and_a_file_its_whole_sum():
    text = printed(case_file(files=[]))
    assert FINGERPRINT[:16] in text and FINGERPRINT[:17] not in text
    assert FINGERPRINT in printed(case_file())


def test_hundreds_of_entries_flow_over_many_pages():
    events = [
        Event(who="Hanna", when=f"Day {day}", move=f"Move {day}.", seal=FINGERPRINT)
        for day in range(400)
    ]
    files = [File(f"file-{number}.pdf", FINGERPRINT) for number in range(150)]
    mails = [Mail("now", f"reader{number}@example.org", "Hello") for number in range(150)]
    found = pages(typeset(case_file(events=events, files=files, mails=mails)))
    text = " ".join(found)
    assert len(found) > 30
    assert all(f"Move {day}." in text for day in range(400))
    assert "file-149.pdf" in text and "reader149@example.org" in text


def test_an_arabic_house_prints_from_right_to_left():
    labels = {**CERTIFICATE, "title": "إذن بالنشر", "page": "الصفحة {number} من {total}"}
    paper = certificate(
        labels=labels,
        language="ar",
        direction="rtl",
        house="إمبريماتور",
        territory="مصر",
        conditions=["اذكر المصدر في كل نسخة.", "Send one copy."],
    )
    result = typeset(paper)
    root = reader(result).trailer["/Root"]
    letters = unicodedata.normalize("NFKC", " ".join(pages(result)))
    assert result.accessible
    assert root["/Lang"] == "ar" and root["/ViewerPreferences"]["/Direction"] == "/R2L"
    assert "مصر" in letters
    # A Latin line keeps its order among Arabic ones.
    assert "12 Quay Street" in letters and "Send one copy." in letters


def test_an_arabic_letter_to_an_english_house_costs_nothing():
    result = typeset(case_file(thread=[Message("Samir", "now", "نريد أن نطبع مع The Post.")]))
    assert result.accessible
    assert "The Post" in " ".join(pages(result))


def test_a_label_that_nobody_translated_is_english():
    assert "Territory" in printed(certificate(labels={"title": "Erlaubnis"}))


def least_papers():
    """Papers without anything that may be left out."""
    some = {"language": "en", "direction": "ltr", "house": "H", "url": "", "number": "1",
            "dated": datetime.date(2026, 1, 1)}  # fmt: skip
    nobody = Party(name="")
    return [
        Certificate(**some, issued_on="", licensor=nobody, licensee=nobody,
                    issued_by=IssuedByRule(""), check_url=""),
        Invoice(**some, seller=nobody, buyer=nobody, issued_on="", total=""),
        CaseFile(**some, requester="", status=""),
    ]  # fmt: skip


def test_papers_with_nothing_but_a_number_print():
    assert all(typeset(paper).accessible for paper in least_papers())


@given(st.text(max_size=300), st.lists(st.text(max_size=60), min_size=4, max_size=4))
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_anybody_writes_prints(long, short):
    one, two, three, four = short
    papers = [
        certificate(
            number=one, house=two, check_url=three, conditions=[long], uses=short,
            articles=[LicensedArticle(headline=four, attribution=long, fingerprint=one)],
        ),
        invoice(number=one, lines=[Line(two, three, long)], payment=[long], payment_url=four),
        case_file(
            thread=[Message(one, two, long)], notes=[Message(three, four, long)],
            asked=[(one, long)], quotes=[Record(title=two, facts=[(three, four)])],
            files=[File(three, four)], mails=[Mail(one, two, three)],
        ),
    ]  # fmt: skip
    for paper in papers:
        assert typeset(paper).pdf.startswith(b"%PDF")
