"""A clearance is entered in one form; what makes no sense comes back in words, and whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing.models import Clearance
from tests.browsing import complaints, filled, typed_in
from tests.factories.articles import house, make_article, make_author, make_image, make_publication
from tests.factories.clearance_stages import make_clearance_at
from tests.factories.clearances import make_clearance

ADD = "/admin/licensing/clearance/add/"
DAY = timedelta(days=1)
# Still to come when midnight passes while the tests run.
SOON = f"{timezone.localdate() + 2 * DAY}"
NAMES = ["contributor", "editor", "rights_desk"]


def change(clearance):
    return f"/admin/licensing/clearance/{clearance.pk}/change/"


@pytest.fixture
def desk(people, client):
    house()
    client.force_login(people["rights_desk"])
    return client


@pytest.fixture
def gazette(db):
    return make_publication("The Gazette", rights_contact="rights@gazette.example")


def typed_for(desk, publication, **typed):
    """The form as a browser sends it back for an agreement with ``publication``."""
    page = desk.get(ADD, {"publication": publication.pk})
    return filled(page, covers=["web", "print"]) | typed


def facts():
    return list(Clearance.objects.order_by("pk").values())


# --- what one starts from -----------------------------------------------------------------------


def test_a_form_starts_from_what_the_address_names(people, desk, gazette):
    article = make_article(by=people["editor"], originating_publication=gazette, cleared=False)
    author, image = make_author(), make_image()
    page = desk.get(ADD, {"article": article.pk})
    assert typed_in(page, "article") == str(article.pk)
    assert typed_in(page, "publication") == str(gazette.pk)
    assert page.context["adminform"].form.initial["scope"] == "article"
    assert typed_in(page, "basis") == "permission"
    for name, row, basis in [
        ("author", author, "agreement"),
        ("publication", gazette, "agreement"),
        ("image", image, "permission"),
    ]:
        page = desk.get(ADD, {name: row.pk})
        assert typed_in(page, name) == str(row.pk)
        assert filled(page)["scope"] == name
        assert typed_in(page, "basis") == basis
    page = desk.get(ADD, {"image": image.pk, "publication": gazette.pk})
    assert (filled(page)["scope"], typed_in(page, "publication")) == ("image", str(gazette.pk))


@pytest.mark.parametrize("name", ["article", "author", "publication", "image", "follow"])
@pytest.mark.parametrize("key", ["", "999", "abc", "9" * 40, "-1", "1 OR 1=1"])
def test_an_address_that_names_nothing_starts_an_empty_form(desk, name, key):
    page = desk.get(ADD, {name: key})
    assert page.status_code == 200
    assert "scope" not in filled(page)


def test_an_address_starts_nothing_else(desk):
    page = desk.get(ADD, {"note": "Mine", "holder_name": "Me", "status": "granted"})
    assert "note" not in page.context["adminform"].form.initial


def test_a_follow_up_takes_over_the_terms_and_begins_when_the_former_ends(people, desk, gazette):
    until = timezone.localdate() + 20 * DAY
    before = make_clearance(
        by=people["rights_desk"],
        publication=gazette,
        covers=["web", "print"],
        passes_on=["excerpt"],
        forbids=["ai_training"],
        conditions=["name_author", {"kind": "excerpt_words", "value": 120}],
        valid_until=until,
        note="For colleagues.",
        reference="Letter 7",
    )
    typed = filled(desk.get(ADD, {"follow": before.pk}))
    assert (typed["note"], typed["reference"], typed["valid_until"]) == ("", "", "")
    # A browser sends each box that is ticked; the helper keeps the last of a name.
    typed |= {"covers": ["web", "print"], "conditions": ["name_author"]}
    assert desk.post(ADD, typed).status_code == 302
    after = Clearance.objects.first()
    assert after != before and after.status == "needed"
    for name in ("scope", "publication", "basis", "covers", "passes_on", "forbids", "conditions"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.valid_from == until + DAY


# --- entering ---------------------------------------------------------------------------------


def test_what_is_entered_is_kept_with_who_entered_it(people, desk, gazette):
    typed = typed_for(
        desk,
        gazette,
        passes_on=["search_index", "excerpt"],
        forbids=["ai_training"],
        conditions=["name_author", "acknowledge_source"],
        holder_contact="jane@gazette.example",
        is_exclusive="on",
        note="Line one\nline two",
    )
    typed |= {"conditions-excerpt_words": "150", "conditions-territory": "ZA, NA"}
    assert desk.post(ADD, typed).status_code == 302
    kept = Clearance.objects.get()
    assert (kept.status, kept.created_by) == ("needed", people["rights_desk"])
    assert kept.covers == ["web", "print"]
    assert kept.passes_on == ["excerpt", "search_index"]
    assert kept.conditions == [
        "acknowledge_source",
        "name_author",
        {"kind": "excerpt_words", "value": 150},
        {"kind": "territory", "value": ["ZA", "NA"]},
    ]
    assert kept.history.get().history_user == people["rights_desk"]
    page = desk.get(change(kept))
    assert typed_in(page, "conditions-territory") == "ZA, NA"
    # Saved again as it stands, nothing is different; unticked, it is gone.
    again = filled(page) | {"covers": ["web", "print"], "passes_on": ["excerpt", "search_index"]}
    again |= {"conditions": ["name_author"], "conditions-territory": ""}
    assert desk.post(change(kept), again).status_code == 302
    kept.refresh_from_db()
    assert kept.conditions == ["name_author", {"kind": "excerpt_words", "value": 150}]
    del again["passes_on"]
    again["seen"] = typed_in(desk.get(change(kept)), "seen")
    assert desk.post(change(kept), again).status_code == 302
    kept.refresh_from_db()
    assert kept.passes_on == []


@pytest.mark.parametrize("name", ["status", "created_by", "created_at", "has_begun", "id"])
def test_no_form_writes_what_belongs_to_the_moves(people, desk, gazette, name):
    hostile = {"status": "granted", "created_by": people["admin"].pk, "id": "77"}
    typed = typed_for(desk, gazette) | {name: hostile.get(name, "2001-01-01")}
    assert desk.post(ADD, typed).status_code == 302
    kept = Clearance.objects.get()
    assert (kept.status, kept.created_by) == ("needed", people["rights_desk"])
    assert not kept.has_begun and kept.created_at.year > 2001


def test_an_editor_files_a_need_and_then_only_reads_it(people, client, gazette):
    house()
    client.force_login(people["editor"])
    typed = typed_for(client, gazette, note="Needed for the spring issue.")
    assert client.post(ADD, typed).status_code == 302
    kept = Clearance.objects.get()
    page = client.get(change(kept))
    assert b"Needed for the spring issue." in page.content
    assert b"Publication in our printed editions" not in page.content
    assert b"publication in our printed editions" in page.content
    assert client.post(change(kept), filled(page) | {"note": "Other"}).status_code == 403
    assert kept.history.count() == 1


# --- what makes no sense ------------------------------------------------------------------------

HOSTILE = [
    ("scope", "", "scope"),
    ("scope", "status", "scope"),
    ("scope", "article", "article"),
    ("scope", "author", "author"),
    ("scope", "image", "image"),
    ("publication", "", "publication"),
    ("publication", "abc", "publication"),
    ("publication", "9" * 40, "publication"),
    ("publication", "\0", "publication"),
    ("article", "999", "article"),
    ("author", "x" * 5000, "author"),
    ("image", "\0", "image"),
    ("basis", "", "basis"),
    ("basis", "theft", "basis"),
    ("covers", ["web", "theft"], "covers"),
    ("covers", ["\0"], "covers"),
    ("covers", ["web"] * 3000 + ["x"] * 3000, "covers"),
    ("passes_on", ["{}"], "passes_on"),
    ("forbids", ['["print"]'], "forbids"),
    ("conditions", ["theft"], "conditions"),
    ("conditions", ["excerpt_words"], "conditions"),
    ("conditions", ["\0"] * 1000, "conditions"),
    ("conditions-excerpt_words", "many", "conditions"),
    ("conditions-excerpt_words", "0", "conditions"),
    ("conditions-excerpt_words", "-5", "conditions"),
    ("conditions-excerpt_words", "9" * 4000, "conditions"),
    ("conditions-territory", "\0", "conditions"),
    ("conditions-territory", "two\nlines", "conditions"),
    ("conditions-territory", "x" * 5000, "conditions"),
    ("conditions-territory", ",".join(["ZA"] * 10 + [str(n) for n in range(80)]), "conditions"),
    ("conditions-language", "turned \u202e", "conditions"),
    ("holder_name", "x" * 201, "holder_name"),
    ("holder_name", "two\nlines", "holder_name"),
    ("holder_name", "NUL \0", "holder_name"),
    ("holder_name", "The House Review", "publication"),
    ("holder_contact", "nobody", "holder_contact"),
    ("holder_contact", "a@b.example\nBcc: c@d.example", "holder_contact"),
    ("licence_url", "javascript:alert(1)", "licence_url"),
    ("licence_url", "ftp://e.example/x", "licence_url"),
    ("licence_url", "https://[::1", "licence_url"),
    ("attribution", "turned \u202e", "attribution"),
    ("agreed_on", SOON, "agreed_on"),
    ("agreed_on", "soon", "agreed_on"),
    ("valid_from", "0001-01-01", "valid_from"),
    ("valid_until", "9999-12-31", "valid_until"),
    ("valid_until", "99999-01-01", "valid_until"),
    ("fair_use_purpose", "x" * 4001, "fair_use_purpose"),
    ("fair_use_editor", "999", "fair_use_editor"),
    ("fair_use_editor", "9" * 40, "fair_use_editor"),
    ("note", "NUL \0", "note"),
    ("note", "x" * 4001, "note"),
]


@pytest.mark.parametrize(
    ("name", "value", "beside"), HOSTILE, ids=[f"{name} {str(v)[:20]!r}" for name, v, _b in HOSTILE]
)
def test_what_does_not_fit_is_refused_beside_its_field_and_nothing_typed_is_lost(
    desk, gazette, name, value, beside
):
    typed = typed_for(
        desk,
        gazette,
        reference="Letter of 3 May",
        note="Line one\nline two with <b>signs</b>",
        conditions=["name_author"],
        passes_on=["excerpt"],
    )
    typed |= {"conditions-print_run": "500", "conditions-formats": "PDF, EPUB"}
    typed |= {name: value}
    answer = desk.post(ADD, typed)
    assert answer.status_code == 200
    assert beside in answer.context["adminform"].form.errors
    assert all(" " in sentence for sentence in complaints(answer))
    kept = ("reference", "note", "conditions-print_run", "conditions-formats", "holder_name")
    for field in kept:
        if "\0" not in typed[field]:
            assert typed_in(answer, field) == typed[field], field
    page = answer.content.decode()
    if name not in ("covers", "passes_on", "conditions"):
        for ticked in ("covers", "passes_on", "conditions"):
            for box in typed[ticked]:
                assert f'name="{ticked}" value="{box}" ' in page
        assert page.count(" checked>") >= 4
    assert not Clearance.objects.exists()


def test_it_ends_after_it_begins(desk, gazette):
    typed = typed_for(desk, gazette, valid_from="2026-05-02", valid_until="2026-05-01")
    answer = desk.post(ADD, typed)
    assert complaints(answer) == ["It ends before it begins."]
    assert answer.context["adminform"].form.errors["valid_until"]


def test_it_is_for_one_thing_only(people, desk, gazette):
    article = make_article(by=people["editor"], originating_publication=gazette, cleared=False)
    typed = typed_for(desk, gazette, article=article.pk, author=make_author().pk)
    answer = desk.post(ADD, typed)
    assert set(answer.context["adminform"].form.errors) == {"article", "author"}
    assert len(complaints(answer)) == 2


@pytest.mark.parametrize("name", ["article", "author", "image"])
def test_what_it_is_for_is_asked_for_in_words(desk, gazette, name):
    answer = desk.post(ADD, typed_for(desk, gazette, scope=name))
    assert complaints(answer)[0].startswith(f"Name the {'picture' if name == 'image' else name}")


def test_we_give_ourselves_no_leave(desk):
    answer = desk.post(ADD, typed_for(desk, house()))
    assert complaints(answer) == ["This is our own publication: leave from ourselves is no leave."]


def test_what_is_allowed_to_others_is_not_forbidden_to_everybody(desk, gazette):
    answer = desk.post(ADD, typed_for(desk, gazette, passes_on=["print"], forbids=["print"]))
    assert "Publish in print" in complaints(answer)[0]


def test_two_exclusive_ones_on_the_same_days_are_refused_in_words(people, desk, gazette):
    make_clearance(by=people["rights_desk"], publication=gazette, is_exclusive=True)
    answer = desk.post(ADD, typed_for(desk, gazette, is_exclusive="on"))
    assert "is exclusive too" in complaints(answer)[0]
    assert answer.context["adminform"].form.errors["is_exclusive"]
    assert Clearance.objects.count() == 1


def test_only_editors_are_offered_to_answer_for_fair_use(people, desk, gazette):
    page = desk.get(ADD, {"publication": gazette.pk})
    offered = set(page.context["adminform"].form.fields["fair_use_editor"].queryset)
    assert offered == {people["editor"], people["managing_editor"], people["admin"]}
    typed = typed_for(desk, gazette, basis="fair_use", fair_use_editor=people["rights_desk"].pk)
    assert desk.post(ADD, typed).context["adminform"].form.errors["fair_use_editor"]


# --- what is settled stays ----------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["granted", "refused", "expired", "revoked"])
def test_what_was_settled_is_read_and_only_its_note_is_written(people, desk, stage):
    row = make_clearance_at(
        stage, by=people["admin"], passes_on=["excerpt"], conditions=["name_author"]
    )
    page = desk.get(change(row))
    assert set(page.context["adminform"].form.fields) == {"note", "seen"}
    assert b"name the author" in page.content
    assert b"Start a follow-up" in page.content
    before = facts()
    typed = filled(page) | {
        "covers": ["print"],
        "passes_on": [],
        "basis": "own_work",
        "valid_until": "2199-01-01",
        "status": "granted",
        "note": "A word for colleagues.",
    }
    assert desk.post(change(row), typed).status_code == 302
    assert facts() == [before[0] | {"note": "A word for colleagues."}]


def test_what_was_granted_once_keeps_its_terms_when_it_is_needed_again(people, desk):
    row = make_clearance_at("revoked", by=people["admin"])
    desk.post(f"/admin/licensing/clearance/{row.pk}/move/reopen/", {"reason": "Again."})
    row.refresh_from_db()
    assert row.status == "needed"
    assert set(desk.get(change(row)).context["adminform"].form.fields) == {"note", "seen"}


def test_what_was_refused_and_reopened_may_be_changed(people, desk):
    row = make_clearance_at("refused", by=people["admin"])
    desk.post(f"/admin/licensing/clearance/{row.pk}/move/reopen/", {"reason": "Again."})
    assert "covers" in desk.get(change(row)).context["adminform"].form.fields


def test_what_somebody_is_asked_about_stays_while_its_terms_may_change(people, desk):
    row = make_clearance_at("requested", by=people["admin"])
    page = desk.get(change(row))
    fields = page.context["adminform"].form.fields
    assert {"covers", "conditions", "valid_until", "holder_contact"} <= set(fields)
    fixed = ("scope", "article", "author", "image", "publication", "basis", "holder_name")
    assert not set(fixed) & set(fields)
    other = make_publication("Other")
    typed = filled(page) | {"publication": other.pk, "scope": "article", "covers": ["print"]}
    assert desk.post(change(row), typed).status_code == 302
    row.refresh_from_db()
    assert (row.scope, row.covers) == ("publication", ["print"])
    assert row.publication != other


def test_a_fault_of_what_is_settled_does_not_keep_a_note_from_being_saved(people, desk):
    """The editor who answered for it has left; that is no fault of the note."""
    editor = people["editor"]
    factors = {f"fair_use_{name}": "So." for name in ("purpose", "nature", "amount", "effect")}
    row = make_clearance(
        by=people["rights_desk"], basis="fair_use", fair_use_editor=editor, **factors
    )
    editor.groups.clear()
    typed = filled(desk.get(change(row))) | {"note": "Ester has left."}
    assert desk.post(change(row), typed).status_code == 302
    row.refresh_from_db()
    assert row.note == "Ester has left."


def test_of_two_who_save_the_second_is_told_of_the_first(people, desk):
    row = make_clearance(by=people["rights_desk"], grant=False)
    page = desk.get(change(row))
    first, second = filled(page, attribution="Theirs"), filled(page, attribution="Mine")
    assert desk.post(change(row), first).status_code == 302
    answer = desk.post(change(row), second)
    assert "Somebody changed this while you were at work" in complaints(answer)[0]
    assert typed_in(answer, "attribution") == "Mine"
    row.refresh_from_db()
    assert row.attribution == "Theirs"
    assert desk.post(change(row), filled(answer)).status_code == 302
    row.refresh_from_db()
    assert row.attribution == "Mine"


def test_terms_typed_while_it_was_granted_are_not_lost_in_silence(people, desk):
    row = make_clearance(by=people["rights_desk"], grant=False)
    typed = filled(desk.get(change(row)), attribution="Mine")
    desk.post(f"/admin/licensing/clearance/{row.pk}/move/grant/", {})
    answer = desk.post(change(row), typed)
    assert answer.status_code == 200
    assert "is now: Granted" in complaints(answer)[0]
    row.refresh_from_db()
    assert row.attribution == ""


def test_what_it_once_said_is_read_in_words_and_never_written(people, desk):
    row = make_clearance(by=people["rights_desk"], grant=False, covers=["web"])
    row.covers = ["print"]
    row.save()
    before = facts()
    for version in row.history.all():
        url = f"/admin/licensing/clearance/{row.pk}/history/{version.pk}/"
        page = desk.get(url)
        assert page.status_code == 200
        word = "website" if version.covers == ["web"] else "printed editions"
        assert word in page.content.decode()
        assert desk.post(url, {"note": "Mine"}).status_code == 405
    assert facts() == before
    for url in ("abc/history/", f"{row.pk}/history/abc/", f"{row.pk}/history/999/"):
        assert desk.get(f"/admin/licensing/clearance/{url}").status_code == 404
