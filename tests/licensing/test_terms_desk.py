"""The desk of usage terms: a table to write in, a new version for every saving, nothing lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from licensing.actions.terms import assign
from licensing.models import TermsAssignment, TermsVersion, UsageTerms
from licensing.ready_made import READY_MADE
from licensing.rights.licences import LICENCES
from licensing.rights.usage import rules_from_json
from licensing.rights.vocabulary import Use, Verdict
from tests.browsing import complaints, filled, typed_in
from tests.factories.articles import house, make_article, make_publication
from tests.factories.headings import make_report
from tests.factories.terms import granted, make_rules, make_template, make_terms, make_version

LIST = "/admin/licensing/usageterms/"
ADD, PREVIEW = f"{LIST}add/", f"{LIST}preview/"
PLACES = "/admin/licensing/termsassignment/"
CREDITS = "/admin/licensing/attributiontemplate/"


@pytest.fixture
def desk(people, client):
    client.force_login(people["rights_manager"])
    return client


def page_of(terms):
    return f"{LIST}{terms.pk}/change/"


def saved(desk, terms, **typed):
    address = page_of(terms)
    return desk.post(address, filled(desk.get(address)) | typed)


def rules_of(terms):
    return rules_from_json(terms.versions.order_by("-number").first().rules)


# --- writing ----------------------------------------------------------------------------------


def test_terms_are_written_in_the_table(desk, people):
    typed = {
        "name": "Our way",
        "slug": "our-way",
        "text": "<p>What may be done.</p>",
        "rule-print-verdict": "granted",
        "rule-print-kinds": ["name_author", "show_copyright"],
        "rule-print-print_run": "500",
        "rule-print-territory": "Kenya, Uganda",
    }
    answer = desk.post(ADD, filled(desk.get(ADD)) | typed)
    terms = UsageTerms.objects.get()
    assert answer["Location"] == page_of(terms)
    assert rules_of(terms)[Use.PRINT] == granted(
        "name_author", "show_copyright", territory=["Kenya", "Uganda"], print_run=500
    )
    assert rules_of(terms)[Use.AI_TRAINING].verdict is Verdict.ASK
    assert terms.versions.get().created_by == people["rights_manager"]


def test_an_address_is_made_of_the_name_where_none_is_typed(desk):
    typed = {"name": "Our own way", "slug": "", "text": "<p>x</p>"}
    desk.post(ADD, filled(desk.get(ADD)) | typed)
    assert UsageTerms.objects.get().slug == "our-own-way"


def test_saving_writes_the_next_version_and_leaves_the_old_one(desk):
    terms = make_terms(text="<p>Old.</p>")
    saved(desk, terms, **{"text": "<p>New.</p>", "rule-print-verdict": "refused"})
    new, old = terms.versions.all()
    assert (old.text, new.text, new.number) == ("<p>Old.</p>", "<p>New.</p>", 2)
    assert rules_of(terms)[Use.PRINT].verdict is Verdict.REFUSED


def test_saving_what_says_the_same_writes_no_version(desk):
    terms = make_terms(rules=make_rules(excerpt=granted("name_author", excerpt_words=9)))
    answer = saved(desk, terms, name="Another name")
    assert terms.versions.count() == 1
    terms.refresh_from_db()
    assert terms.name == "Another name"
    assert "no new version" in desk.get(answer["Location"]).content.decode()


def test_a_version_may_count_from_a_moment_that_lies_ahead(desk):
    terms = make_terms()
    ahead = timezone.localtime() + timedelta(days=9)
    saved(desk, terms, valid_from_0=f"{ahead:%Y-%m-%d}", valid_from_1="10:00", change_note="Later")
    assert [version.number for version in TermsVersion.objects.in_force()] == [1]
    assert terms.versions.first().change_note == "Later"


def test_of_two_who_write_the_second_is_told_of_the_first_and_loses_nothing(desk, people):
    terms = make_terms()
    typed = filled(desk.get(page_of(terms))) | {"change_note": "Mine"}
    make_version(terms, by=people["admin"], text="<p>Theirs.</p>")
    answer = desk.post(page_of(terms), typed)
    assert "Version 2 was written by admin while you were at work" in " ".join(complaints(answer))
    assert typed_in(answer, "change_note") == "Mine"
    desk.post(page_of(terms), filled(answer))
    assert terms.versions.first().change_note == "Mine"
    assert terms.versions.count() == 3


@pytest.mark.parametrize("slug", READY_MADE)
def test_a_ready_made_set_is_saved_as_it_stands(desk, slug):
    assert f"?start={slug}" in desk.get(ADD).content.decode()
    answer = desk.post(ADD, filled(desk.get(f"{ADD}?start={slug}")))
    assert answer.status_code == 302, complaints(answer)
    terms = UsageTerms.objects.get(slug=slug)
    assert rules_of(terms) == READY_MADE[slug].rules
    assert terms.versions.get().licence_url == READY_MADE[slug].licence_url


@pytest.mark.parametrize("start", ["", "nothing", "<script>", "a" * 5000, "../etc"])
def test_starting_from_what_is_not_there_is_a_blank_form(desk, start):
    answer = desk.get(ADD, {"start": start, "valid_from": "x", "licence": "y", "follows": "z"})
    assert answer.status_code == 200
    assert typed_in(answer, "name") == ""


# --- looking before saving ----------------------------------------------------------------------


def test_without_script_a_button_shows_the_sentences_and_writes_nothing(desk):
    typed = filled(desk.get(ADD)) | {
        "name": "Mine",
        "text": "<p>Kept.</p>",
        "rule-print-verdict": "refused",
        "_preview": "1",
    }
    answer = desk.post(ADD, typed)
    assert answer.status_code == 200
    assert "You may not publish this article in print." in answer.content.decode()
    assert typed_in(answer, "name") == "Mine"
    assert typed_in(answer, "rule-print-verdict") == "refused"
    assert not UsageTerms.objects.exists()


def test_without_script_a_button_fills_the_table_from_a_licence(desk):
    typed = filled(desk.get(ADD)) | {"licence": "CC-BY-NC-ND-4.0", "name": "CC", "_fill": "1"}
    answer = desk.post(ADD, typed)
    assert typed_in(answer, "rule-commercial_web-verdict") == "ask"
    assert typed_in(answer, "rule-print-verdict") == "granted"
    del typed["_fill"]
    desk.post(ADD, filled(answer) | {"text": "<p>x</p>"})
    assert rules_of(UsageTerms.objects.get()) == LICENCES["CC-BY-NC-ND-4.0"].rules


def test_the_script_is_answered_with_every_sentence(desk):
    house()
    rows = {f"rule-{use}-verdict": "ask" for use in Use}
    answer = desk.post(PREVIEW, rows | {"rule-print-verdict": "refused"}).json()
    assert set(answer["rows"]) == set(Use)
    assert answer["rows"]["print"]["sentence"] == "You may not publish this article in print."
    assert answer["faults"] == answer["rows"]["print"]["faults"] == []
    filled_in = desk.post(PREVIEW, {"_fill": "1", "licence": "CC-BY-4.0"}).json()
    assert filled_in["filled"]["print"]["verdict"] == "granted"
    assert filled_in["rows"]["print"]["faults"] == []


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("contributor", 403),
        ("editor", 403),
        ("managing_editor", 403),
        ("rights_desk", 403),
        ("rights_manager", 200),
        ("admin", 200),
    ],
)
def test_only_who_may_write_terms_is_answered(people, client, role, code):
    client.force_login(people[role])
    assert client.post(PREVIEW, {}).status_code == code
    assert client.get(PREVIEW).status_code in (403, 405)


def test_nobody_is_answered_without_a_login_or_a_token(people, client):
    assert client.post(PREVIEW, {})["Location"].startswith("/admin/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["admin"])
    assert strict.post(PREVIEW, {}).status_code == 403


# --- what is refused --------------------------------------------------------------------------

HOSTILE = [
    {"rule-print-verdict": "maybe"},
    {"rule-print-verdict": ""},
    {"rule-print-verdict": ["granted", "perhaps"]},
    {"rule-print-kinds": ["name_everybody"]},
    {"rule-print-kinds": ["excerpt_words"]},
    {"rule-print-print_run": "many"},
    {"rule-print-print_run": "-1"},
    {"rule-print-print_run": "0"},
    {"rule-print-print_run": "1.5"},
    {"rule-print-print_run": "9" * 400},
    {"rule-print-print_run": "١٢"},
    {"rule-print-territory": "x" * 90},
    {"rule-print-territory": "x" * 5000},
    {"rule-print-territory": ",".join(map(str, range(90)))},
    {"rule-print-territory": "Ken\x00ya"},
    {"rule-print-territory": "Ken\u202eya"},
    {"licence": "CC-BY-9.0"},
    {"licence": "javascript:alert(1)"},
    {"name": ""},
    {"name": "x" * 121},
    {"slug": "not a slug"},
    {"text": ""},
    {"text": "<p></p>"},
    {"change_note": "x" * 301},
    {"valid_from_0": "2001-01-01", "valid_from_1": "10:00"},
    {"valid_from_0": "9999-12-31", "valid_from_1": "10:00"},
    {"valid_from_0": "yesterday", "valid_from_1": "10:00"},
    {"valid_from_0": "2100-01-01"},
    {"follows": "x"},
]


@pytest.mark.parametrize("typed", HOSTILE, ids=str)
def test_what_does_not_fit_comes_back_with_words_and_all_that_was_typed(desk, typed):
    sound = {"name": "Ours", "slug": "ours", "summary": "Kept as typed", "text": "<p>Kept.</p>"}
    answer = desk.post(ADD, filled(desk.get(ADD)) | sound | typed)
    assert answer.status_code == 200
    assert complaints(answer)
    assert typed_in(answer, "summary") == "Kept as typed"
    assert not UsageTerms.objects.exists()


@pytest.mark.parametrize("typed", HOSTILE, ids=str)
def test_no_preview_breaks(desk, typed):
    assert desk.post(PREVIEW, typed).status_code == 200


def test_a_fault_stands_beside_the_row_that_it_is_about(desk):
    licensed = filled(desk.get(f"{ADD}?start=cc-by-nd-4-0"))
    answer = desk.post(ADD, licensed | {"rule-translation-verdict": "granted"})
    rows = {row.use: row for row in answer.context["table"]}
    assert rows[Use.TRANSLATION].faults and not rows[Use.PRINT].faults
    assert rows[Use.TRANSLATION].sentence.startswith("You may publish a translation")
    assert set(rows[Use.TRANSLATION].faults) < set(complaints(answer))
    assert not UsageTerms.objects.exists()


def test_a_warning_is_shown_and_lets_pass(desk):
    typed = filled(desk.get(f"{ADD}?start=community-cross-post"))
    typed["rule-excerpt-excerpt_words"] = ""
    shown = desk.post(ADD, typed | {"_preview": "1"})
    assert "nothing says how many words" in shown.content.decode()
    assert desk.post(ADD, typed).status_code == 302
    assert "nothing says how many words" in desk.get(LIST).content.decode()


def test_a_name_or_address_that_is_taken_is_said(desk):
    make_terms("Taken")
    for typed in ({"name": "Taken", "slug": "new"}, {"name": "New", "slug": "community"}):
        UsageTerms.objects.get_or_create(name="Other", slug="community")
        answer = desk.post(ADD, filled(desk.get(ADD)) | {"text": "<p>x</p>"} | typed)
        assert "already exists" in " ".join(complaints(answer))


def test_the_address_of_terms_stays(desk):
    terms = make_terms()
    slug = terms.slug
    saved(desk, terms, slug="elsewhere")
    terms.refresh_from_db()
    assert terms.slug == slug


# --- reading ----------------------------------------------------------------------------------


def pages(terms):
    return [
        LIST,
        page_of(terms),
        f"{LIST}{terms.pk}/versions/1/",
        f"{LIST}{terms.pk}/versions/1/2/",
        f"{LIST}{terms.pk}/articles/",
        f"{LIST}{terms.pk}/history/",
    ]


@pytest.mark.parametrize(
    ("role", "code"), [("contributor", 403), ("editor", 200), ("rights_desk", 200)]
)
def test_who_may_see_terms_reads_every_page_and_writes_nothing(people, client, role, code):
    terms = make_terms(text="<p>As it <em>stood</em>.</p>")
    make_version(terms, rules=make_rules(print="refused"), change_note="No print")
    client.force_login(people[role])
    answers = {page: client.get(page) for page in pages(terms)}
    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        answers, code
    )
    assert client.post(page_of(terms), {"name": "Mine"}).status_code == 403
    assert client.post(ADD, {"name": "Mine"}).status_code == 403
    if code == 200:
        page = answers[page_of(terms)].content.decode()
        assert "You may not publish this article in print." in page
        assert 'name="rule-print-verdict"' not in page
        compared = answers[f"{LIST}{terms.pk}/versions/1/2/"].content.decode()
        assert "<del>To publish this article in print, ask us.</del>" in compared
        assert "<ins>You may not publish this article in print.</ins>" in compared


@pytest.mark.parametrize("number", ["0", "9", "9" * 15, "9" * 40])
def test_a_version_that_is_not_there_is_not_found(desk, number):
    terms = make_terms()
    for page in (f"versions/{number}/", f"versions/1/{number}/"):
        assert desk.get(f"{LIST}{terms.pk}/{page}").status_code == 404
    assert desk.get(f"{LIST}{'9' * 40}/articles/").status_code == 404


def test_terms_say_how_many_articles_stand_under_them_and_which(desk, people):
    terms = make_terms()
    article = make_article(by=people["editor"], headline="Under the terms")
    assign(terms, by=None, article=article)
    assert "1 article stands under these terms" in desk.get(page_of(terms)).content.decode()
    assert "Under the terms" in desk.get(f"{LIST}{terms.pk}/articles/?p=x").content.decode()


def test_the_list_says_what_is_in_force_where_and_with_what_remarks(
    desk, django_assert_max_num_queries
):
    for number in range(6):
        terms = make_terms(f"Terms number {number}")
        make_version(terms, valid_from=timezone.now() + timedelta(days=2))
        assign(terms, by=None, publication=make_publication(f"Paper {number}"))
    with django_assert_max_num_queries(14):
        page = desk.get(LIST).content.decode()
    assert "Paper 3" in page and "Version 1." in page and "Version 2." in page


# --- places -----------------------------------------------------------------------------------


def test_terms_are_put_in_place_and_replaced_and_remarks_are_shown(desk):
    elsewhere = make_publication("Elsewhere")
    first = make_terms(rules=make_rules(print="granted"))
    second = make_terms()
    typed = {"terms": first.pk, "publication": elsewhere.pk}
    answer = desk.post(f"{PLACES}add/", typed, follow=True)
    assert "no leave to pass that on" in answer.content.decode()
    place = TermsAssignment.objects.get()
    page = f"{PLACES}{place.pk}/change/"
    assert "no leave to pass that on" in desk.get(page).content.decode()
    desk.post(page, {"terms": second.pk, "publication": make_publication().pk})
    place.refresh_from_db()
    assert (place.terms, place.publication) == (second, elsewhere)
    assert place.history.latest().history_user.username == "rights_manager"
    desk.post(f"{PLACES}{place.pk}/delete/", {"post": "yes"})
    assert not TermsAssignment.objects.exists()


def test_a_place_that_is_taken_or_double_or_made_up_is_refused_in_words(desk, people):
    terms, article, report = make_terms(), make_article(by=people["editor"]), make_report()
    assign(terms, by=None)
    assign(terms, by=None, article=article)
    for typed, words in [
        ({}, "The whole site has its default terms already."),
        ({"article": article.pk}, "This article has its own terms already; change those."),
        ({"article": article.pk, "report": report.pk}, "Choose an article, a report or"),
        ({"article": "9" * 30}, "not one of the available choices"),
        ({"report": "x"}, "not one of the available choices"),
        ({"terms": ""}, "required"),
        ({"terms": "0"}, "not one of the available choices"),
    ]:
        answer = desk.post(f"{PLACES}add/", {"terms": terms.pk} | typed)
        assert answer.status_code == 200
        assert words in " ".join(complaints(answer)), typed
    assert TermsAssignment.objects.count() == 2


def test_the_rights_desk_puts_terms_in_place_and_takes_none_away(people, client):
    client.force_login(people["rights_desk"])
    terms = make_terms()
    client.post(f"{PLACES}add/", {"terms": terms.pk})
    place = TermsAssignment.objects.get()
    for page in ("change", "delete"):
        address = reverse(f"admin:licensing_termsassignment_{page}", args=[place.pk])
        assert client.post(address, {"terms": make_terms().pk, "post": "yes"}).status_code == 403
    place.refresh_from_db()
    assert place.terms == terms


# --- credit lines -----------------------------------------------------------------------------


def test_a_credit_line_is_shown_as_it_would_stand_before_it_is_saved(desk):
    template = make_template()
    page = f"{CREDITS}{template.pk}/change/"
    line = "First seen in {source}, by {author}. Copyright {copyright}. {url} {original_url}"
    shown = desk.post(
        page, filled(desk.get(page)) | {"edited": "Cut by {edited_by}: {changes}", "_preview": "1"}
    )
    assert "Cut by Lena Voss: shortened" in shown.content.decode()
    template.refresh_from_db()
    assert template.edited == ""
    assert desk.post(page, filled(desk.get(page)) | {"web": line}).status_code in (200, 302)


@pytest.mark.parametrize(
    "line",
    [
        "{nobody}",
        "{author",
        "By {author.__class__}",
        "By {author!r}",
        "Nothing said.",
        "[[{author}]]",
    ],
)
def test_a_credit_line_that_cannot_be_used_is_refused_in_words(desk, line):
    template = make_template()
    page = f"{CREDITS}{template.pk}/change/"
    answer = desk.post(page, filled(desk.get(page)) | {"web": line})
    assert answer.status_code == 200
    assert complaints(answer)
    assert typed_in(answer, "web") == line
    template.refresh_from_db()
    assert template.web == ""
