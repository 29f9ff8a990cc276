"""The list of articles: paging, filters, search, saved filters, many moves at once, files."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, Status, UnsavedWork
from cms.desks.models import SavedFilter
from tests.factories.articles import (
    house,
    make_article,
    make_author,
    make_live_article,
    make_publication,
)
from tests.factories.headings import make_region, make_report, make_theme
from tests.factories.stages import make_article_at

LIST = reverse("admin:articles_article_changelist")
KEEP = reverse("admin:articles_article_keep_filter")
MENUS = ["status__exact", "language", "origin", "by", "mine", "scheduled", "published"]
CHOOSERS = ["author", "publication", "region", "theme", "report"]


def bulk(name, *articles):
    address = reverse("admin:articles_article_bulk", args=[name])
    return f"{address}?rows={','.join(str(article.pk) for article in articles)}"


def shown(answer):
    return [article.headline for article in answer.context["cl"].result_list]


def many(number, *, by, **fields):
    """Drafts saved a second apart, the first of them last; made as rows."""
    now, outlet = timezone.now(), house()
    return Article.objects.bulk_create(
        Article(
            headline=f"Article {place:04}",
            slug=f"article-{place}",
            publication=outlet,
            created_by=by,
            updated_at=now - timedelta(seconds=place),
            **fields,
        )
        for place in range(number)
    )


@pytest.fixture
def desk(people, client):
    client.force_login(people["managing_editor"])
    return client


# --- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["", "1", "-2", "5", "-5", "x"])
def test_older_and_newer_lead_through_every_article_once(people, desk, order):
    many(100, by=people["editor"])
    make_live_article(people=people, headline="Live")
    address, seen, ways = f"{LIST}?o={order}", [], []
    while address:
        page = desk.get(address).context["cl"]
        seen += [article.pk for article in page.result_list]
        ways.append([article.pk for article in page.result_list])
        address = page.older and LIST + page.older
    assert len(seen) == len(set(seen)) == 101
    assert len(ways) == 3
    assert [row.pk for row in desk.get(LIST + page.newer).context["cl"].result_list] == ways[1]
    assert page.result_count == 101 and not page.has_more


def test_the_last_page_costs_no_more_queries_than_one_article(
    people, desk, django_assert_max_num_queries
):
    make_live_article(people=people, headline="Live")
    with django_assert_max_num_queries(24) as first:
        desk.get(LIST)
    cost = len(first)
    many(101, by=people["editor"])
    page = desk.get(LIST).context["cl"]
    page = desk.get(LIST + page.older).context["cl"]
    with django_assert_max_num_queries(cost):
        assert len(desk.get(LIST + page.older).context["cl"].result_list) == 2


def test_counting_stops_at_a_thousand(people, desk):
    many(1001, by=people["editor"])
    answer = desk.get(LIST)
    assert answer.context["cl"].count_in_words == "More than 1,000 articles"


@pytest.mark.parametrize("place", ["", "x", "7", "a:b:c", "\ud800x", "x" * 5000, "'"])
def test_a_place_that_was_not_made_here_is_the_first_page_with_a_sentence(people, desk, place):
    make_article(by=people["editor"], headline="Here")
    answer = desk.get(LIST, {"before": place.encode("utf-8", "surrogatepass")})
    assert shown(answer) == ["Here"]
    assert "This address leads nowhere in the list." in answer.content.decode()


def test_a_place_of_one_order_is_none_in_another(people, desk):
    many(60, by=people["editor"])
    older = desk.get(LIST).context["cl"].older
    answer = desk.get(f"{LIST}{older}&o=1")
    assert "This address leads nowhere in the list." in answer.content.decode()


# --- filters ----------------------------------------------------------------------------------


@pytest.fixture
def two(people):
    """An article that each filter finds, and one that none does."""
    author, outlet = make_author("Ana Quist"), make_publication("Harbour Post")
    region, theme = make_region("Sahel"), make_theme("Water")
    one = make_live_article(people=people, headline="One", language="fr", publication=outlet)
    Byline.objects.create(article=one, author=author)
    one.regions.add(region)
    one.themes.add(theme)
    report = make_report("Rivers", articles=[one])
    make_article(by=people["editor"], headline="Other")
    return {
        "one": one,
        "author": author.pk,
        "publication": outlet.pk,
        "region": region.pk,
        "theme": theme.pk,
        "report": report.pk,
        "status__exact": "published",
        "language": "fr",
        "by": one.created_by_id,
        "published": timezone.localtime(one.published_at).strftime("%Y-%m-%d"),
    }


@pytest.mark.parametrize("name", [*CHOOSERS, "status__exact", "language", "by", "published"])
def test_each_filter_finds_what_it_is_set_to_and_says_so(desk, two, name):
    answer = desk.get(LIST, {name: two[name]})
    assert shown(answer) == ["One"]
    chips = answer.context["cl"].chips
    assert len(chips) == 1 and chips[0]["words"]
    assert len(shown(desk.get(LIST + chips[0]["url"]))) == 2


@pytest.mark.parametrize("value", ["0", "-1", "x", "9" * 30, "1' OR 1=1", "\ud800", "2026-99"])
def test_a_made_up_value_is_answered_and_never_an_error(people, desk, value):
    make_article(by=people["editor"], headline="Here")
    typed = value.encode("utf-8", "surrogatepass")
    asked = {name: [typed, typed] for name in (*CHOOSERS, *MENUS)}
    assert desk.get(LIST, asked).status_code == 200


@pytest.mark.parametrize("name", ["editorial_note__startswith", "body", "created_by__password"])
def test_nothing_else_is_asked_by_way_of_the_address(desk, name):
    assert desk.get(LIST, {name: "x"}).status_code == 400


def test_scheduled_and_mine_are_ticks(people, desk):
    make_article_at("scheduled", people=people, headline="Waits")
    make_article(by=people["managing_editor"], headline="Mine")
    assert shown(desk.get(LIST, {"scheduled": "1"})) == ["Waits"]
    assert shown(desk.get(LIST, {"mine": "1"})) == ["Mine"]


def test_an_empty_list_says_what_to_leave_out(people, desk):
    make_article(by=people["editor"], headline="Here")
    answer = desk.get(LIST, {"status__exact": "withdrawn", "q": "nothing"})
    said = answer.content.decode()
    assert "without “Status: Withdrawn”" in said and "without “Search: nothing”" in said


# --- search -----------------------------------------------------------------------------------


def test_it_finds_by_headline_author_outlet_number_and_address(people, desk, two):
    one = two["one"]
    for asked in ("one", "quist", "harbour post", f"#{one.pk}", str(one.pk), one.slug):
        assert "One" in shown(desk.get(LIST, {"q": asked})), asked
    assert shown(desk.get(LIST, {"q": "nowhere"})) == []


def test_an_old_draft_is_found_by_number_only_and_an_old_live_text_by_its_words(
    people, desk, monkeypatch
):
    live = make_live_article(people=people, headline="A river returns")
    draft = make_article(by=people["editor"], headline="A river leaves")
    many(3, by=people["editor"])
    admin = desk.get(LIST).context["cl"].model_admin
    monkeypatch.setattr(admin, "search_window", 2)
    assert shown(desk.get(LIST, {"q": "river"})) == [live.headline]
    assert shown(desk.get(LIST, {"q": f"#{draft.pk}"})) == [draft.headline]


def test_a_contributor_finds_own_articles_only(people, client):
    make_article(by=people["editor"], headline="The minister resigns", slug="secret")
    own = make_article(by=people["contributor"], headline="The minister stays")
    client.force_login(people["contributor"])
    for asked in ({"q": "minister"}, {"by": people["editor"].pk}, {"q": "secret"}, {}):
        assert set(shown(client.get(LIST, asked))) <= {own.headline}


# --- saved filters ----------------------------------------------------------------------------


def test_a_filter_is_kept_in_one_step_and_is_a_tab_from_then_on(people, desk):
    query = desk.get(LIST, {"status__exact": "draft", "o": "-1"}).context["cl"].query_of_the_list
    answer = desk.post(
        KEEP, {"name": " Drafts ", "query": f"{query}&after=x&_popup=1"}, follow=True
    )
    tabs = answer.context["tabs"]
    assert [(tab.kept.name, tab.is_current) for tab in tabs] == [("Drafts", True)]
    assert tabs[0].kept.query == "o=-1&status__exact=draft"
    assert "Keep this filter" not in answer.content.decode()


def test_a_shared_filter_shows_each_colleague_what_they_may_see(people, client):
    make_article(by=people["editor"], headline="Secret")
    client.force_login(people["editor"])
    client.post(KEEP, {"name": "Ours", "query": "q=secret", "is_shared": "1"})
    client.post(KEEP, {"name": "Own", "query": "q=secret"})
    names = {}
    for role, person in people.items():
        client.force_login(person)
        answer = client.get(LIST, {"q": "secret"})
        names[role] = [tab.kept.name for tab in answer.context["tabs"]]
        if role == "contributor":
            assert shown(answer) == []
    assert names["editor"] == ["Ours", "Own"]
    assert names["managing_editor"] == ["Ours"]
    assert names["contributor"] == names["rights_desk"] == names["rights_manager"] == []


def test_only_its_owner_and_whoever_tidies_the_desk_change_a_filter(people, client):
    kept = SavedFilter.objects.create(
        owner=people["editor"], desk="articles.article", name="Ours", query="mine=1", is_shared=True
    )
    rename, discard = (
        reverse(f"admin:articles_article_{verb}_filter", args=[kept.pk])
        for verb in ("rename", "discard")
    )
    for role, status in (("contributor", 404), ("rights_manager", 404)):
        client.force_login(people[role])
        assert client.post(rename, {"name": "x"}).status_code == status
        assert client.post(discard).status_code == status
    client.force_login(people["editor"])
    assert client.get(discard).status_code == 405
    client.post(rename, {"name": "\x00"})
    client.post(rename, {"name": "y" * 41})
    client.post(rename, {"name": "Renamed"})
    kept.refresh_from_db()
    assert kept.name == "Renamed"
    client.force_login(people["managing_editor"])
    client.post(discard)
    assert not SavedFilter.objects.exists()


def test_a_name_is_taken_once_and_the_fifty_first_is_refused(people, desk):
    SavedFilter.objects.bulk_create(
        SavedFilter(
            owner=people["managing_editor"],
            desk="articles.article",
            name=f"Filter {number}",
            query="mine=1",
        )
        for number in range(50)
    )
    told = desk.post(KEEP, {"name": "One more", "query": "mine=1"}, follow=True).content.decode()
    assert "You keep 50 filters of this list already." in told
    SavedFilter.objects.filter(name="Filter 1").delete()
    told = desk.post(KEEP, {"name": "Filter 2", "query": "mine=1"}, follow=True).content.decode()
    assert "There is a filter “Filter 2” already." in told
    assert SavedFilter.objects.count() == 49


# --- many at once -----------------------------------------------------------------------------


def test_of_many_each_is_moved_or_says_why_not(people, desk):
    waiting = make_article_at("in_review", people=people, headline="Waiting")
    draft = make_article_at("draft", people=people, headline="Draft")
    chosen = {"action": "approve", "_selected_action": [waiting.pk, draft.pk, "x"], "index": "0"}
    asked = desk.post(f"{LIST}?q=a", chosen, follow=True)
    said = asked.content.decode()
    assert "1 of 2 rows can be moved now." in said and "not possible from there" in said
    address = asked.redirect_chain[-1][0]
    told = desk.post(address, {"reason": ""})
    assert "1 of 2 rows moved." in told.content.decode()
    assert [line.is_done for line in told.context["lines"]] == [True, False]
    assert waiting.events.first().by == people["managing_editor"]
    assert LogEntry.objects.count() == 1
    assert {article.status for article in Article.objects.all()} == {Status.APPROVED, Status.DRAFT}
    again = desk.post(address, {"reason": ""})
    assert "0 of 2 rows moved." in again.content.decode()


def test_one_reason_goes_to_all_and_is_asked_for_before_anything_moves(people, desk):
    rows = [make_article_at("in_review", people=people) for _ in range(2)]
    answer = desk.post(bulk("send_back", *rows), {"reason": ""})
    assert "This field is required." in answer.content.decode()
    assert not Article.objects.filter(status=Status.DRAFT).exists()
    desk.post(bulk("send_back", *rows), {"reason": "Names, please."})
    assert [row.events.first().reason for row in rows] == ["Names, please."] * 2


def test_a_text_that_was_changed_meanwhile_stays_where_it_is(people, desk):
    row = make_article_at("in_review", people=people)
    answer = desk.post(bulk("approve", row), {"reason": "", f"seen_revision-{row.pk}": "0"})
    assert "The text was changed after you opened this page." in answer.content.decode()
    row.refresh_from_db()
    assert row.status == Status.IN_REVIEW


def test_two_hundred_are_moved_at_most_and_the_page_says_so(people, desk):
    rows = many(201, by=people["contributor"], body="<p>Text</p>")
    answer = desk.get(bulk("reinstate", *rows))
    assert len(answer.context["lines"]) == 200
    assert "At most 200 rows are moved at once" in answer.content.decode()


@pytest.mark.parametrize("role", ["contributor", "rights_desk", "rights_manager"])
def test_nobody_moves_more_in_bulk_than_one_by_one(people, client, role):
    others = make_article_at("in_review", people=people | {"contributor": people["editor"]})
    draft = make_article(by=people["editor"], headline="Secret")
    client.force_login(people[role])
    for name in ("submit", "approve", "publish", "withdraw", "nonsense", "delete_selected"):
        for ask in (client.get, client.post):
            answer = ask(bulk(name, others, draft), {"reason": "x"} if ask == client.post else None)
            assert answer.status_code in (302, 403, 404)
            assert "Secret" not in answer.content.decode()
        client.post(LIST, {"action": name, "_selected_action": [others.pk], "index": "0"})
    assert set(Article.objects.values_list("status", flat=True)) == {"in_review", "draft"}


def test_nothing_chosen_is_a_sentence(desk):
    for typed in ({"action": "approve"}, {}):
        answer = desk.post(LIST, typed | {"index": "0"}, follow=True)
        assert "Items must be selected" in answer.content.decode()
    for typed in ({"action": "approve", "_selected_action": "x"}, {"_selected_action": "1"}):
        answer = desk.post(LIST, typed | {"index": "0"}, follow=True)
        assert "Choose a move, and the rows to move." in answer.content.decode()


def test_tags_and_headings_are_added_to_many_as_one_revision_each(people, desk):
    lacking, having = (make_article(by=people["editor"], headline=name) for name in "AB")
    report, theme = make_report(), make_theme()
    first = {"tags": "", "theme": theme.pk, "report": report.pk}
    assert "2 of 2 rows can be changed." in desk.get(bulk("sort", lacking, having)).content.decode()
    desk.post(bulk("sort", having), first)
    told = desk.post(bulk("sort", lacking, having), first)
    assert [line.is_done for line in told.context["lines"]] == [True, False]
    assert "It has all of that already." in told.content.decode()
    assert [row.revisions.count() for row in (lacking, having)] == [2, 2]
    assert list(report.entries.values_list("article", flat=True)) == [having.pk, lacking.pk]
    assert {row.revisions.first().created_by for row in (lacking, having)} == {
        people["managing_editor"]
    }


@pytest.mark.parametrize("typed", [{}, {"tags": "?!"}, {"theme": "9" * 30}, {"report": "\x00"}])
def test_what_cannot_be_added_is_a_sentence_and_adds_nothing(people, desk, typed):
    row = make_article(by=people["editor"])
    answer = desk.post(bulk("sort", row), typed)
    assert "errorlist" in answer.content.decode()
    assert row.revisions.count() == 1


@pytest.mark.parametrize("role", ["contributor", "rights_desk"])
def test_nobody_adds_headings_to_what_they_may_not_edit(people, client, role):
    others = make_article(by=people["editor"], headline="Secret")
    handed_in = make_article_at("in_review", people=people)
    client.force_login(people[role])
    answer = client.post(bulk("sort", others, handed_in), {"tags": "mine"})
    assert "Secret" not in answer.content.decode()
    if role == "contributor":
        assert [line.is_done for line in answer.context["lines"]] == [False]
    else:
        assert answer.status_code == 403
    assert not others.tags.exists() and not handed_in.tags.exists()


def test_the_list_leads_to_ones_own_unsaved_work_where_there_is_any(people, desk):
    link = reverse("admin:articles_article_unsaved")
    made = {"key": "k" * 22, "form": {}, "kept_at": timezone.now()}
    UnsavedWork.objects.create(owner=people["editor"], **made)
    assert link not in desk.get(LIST).content.decode()
    UnsavedWork.objects.create(owner=people["managing_editor"], **made)
    assert link in desk.get(LIST).content.decode()


# --- files ------------------------------------------------------------------------------------


def read(answer):
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_file_holds_every_page_of_what_is_shown_and_no_note_of_the_editors(people, desk):
    many(60, by=people["editor"], editorial_note="The driver told us")
    make_article(by=people["editor"], headline="=1+1", language="fr")
    rows = read(desk.get(reverse("admin:articles_article_file", args=["csv"])))
    assert len(rows) == 62
    assert "'=1+1" in [row[1] for row in rows]
    assert "driver" not in str(rows)
    rows = read(desk.get(reverse("admin:articles_article_file", args=["csv"]), {"language": "fr"}))
    assert len(rows) == 2
    answer = desk.get(reverse("admin:articles_article_file", args=["xlsx"]))
    assert answer.getvalue().startswith(b"PK")
    assert desk.get(reverse("admin:articles_article_file", args=["exe"])).status_code == 404


def test_a_file_that_is_cut_off_says_so(people, desk, monkeypatch):
    many(5, by=people["editor"])
    monkeypatch.setattr(desk.get(LIST).context["cl"].model_admin, "most_in_a_file", 3)
    rows = read(desk.get(reverse("admin:articles_article_file", args=["csv"])))
    assert rows[-1] == ["Cut off after 3 rows: narrow the list to see the rest."]
    assert len(rows) == 5


def test_a_contributor_takes_own_articles_along(people, client):
    make_article(by=people["editor"], headline="Secret")
    make_article(by=people["contributor"], headline="Own")
    client.force_login(people["contributor"])
    rows = read(client.get(reverse("admin:articles_article_file", args=["csv"])))
    assert [row[1] for row in rows] == ["Headline", "Own"]
