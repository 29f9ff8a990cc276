"""The library of pictures: who finds what, what it says of each, and credits a page at a time."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from articles import darkroom
from articles.models import Image
from tests.factories.articles import make_article, make_author, make_image, make_publication
from tests.factories.stages import make_article_at
from tests.reading import soup

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/articles/image/"
CREDITS = f"{LIBRARY}credits/"
DAY = timedelta(days=1)


@pytest.fixture
def editor(people, client):
    client.force_login(people["editor"])
    return client


def tiles(client, **asked):
    """The pictures on the sheet, in their order."""
    return [tile.image for tile in client.get(LIBRARY, asked).context_data["tiles"]]


def typed(*rows):
    """What is posted for (picture, credit, category) that were without a credit and unknown."""
    sent = {"picture": [image.pk for image, _credit, _category in rows]}
    for image, credit, category in rows:
        sent |= {
            f"picture-{image.pk}-credit_line": credit,
            f"initial-picture-{image.pk}-credit_line": "",
            f"picture-{image.pk}-rights_category": category,
            f"initial-picture-{image.pk}-rights_category": "own",
        }
    return sent


def test_a_tile_says_whose_it_is_until_when_and_where_it_stands(editor, people):
    now = timezone.now()
    ended = make_image(use_until=now - DAY, credit_line="", rights_category="unknown")
    cleared = make_image(carry_until=now + 90 * DAY, rights_category="agency", developed=True)
    make_article(by=people["editor"], featured_image=cleared)
    make_author(photo=cleared)
    page = soup(editor.get(LIBRARY))
    words = [" ".join(tile.get_text(" ").split()) for tile in page.select(".tile")]
    assert "Cleared until" in words[0]
    assert "Agency" in words[0]
    assert "2 places" in words[0]
    assert page.select(".tile")[0].img["src"] == darkroom.small_address(cleared)
    for part in ("No credit", "Not known yet", "Right ended", "not used", f"No. {ended.pk}"):
        assert part in words[1]
    assert editor.get(LIBRARY, {"view": "table"}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"right": "soon"}, ["soon"]),
        ({"right": "ended"}, ["ended"]),
        ({"used": "yes"}, ["used"]),
        ({"by": "me"}, ["mine"]),
        ({"size": "small"}, ["soon", "ended", "used", "mine"]),
        ({"rights_category__exact": "agency"}, ["ended"]),
        ({"q": "photographed by roe"}, []),
        ({"q": "Roe"}, ["mine"]),
        ({"right": "whatever", "used": "maybe", "view": "x", "size": ["a", "small"]}, None),
    ],
    ids=str,
)
def test_filters_and_search_find_those_and_no_others(editor, people, asked, found):
    now = timezone.now()
    made = {
        "soon": make_image(use_until=now + 3 * DAY),
        "ended": make_image(carry_until=now - DAY, rights_category="agency"),
        "used": make_image(),
        "mine": make_image(uploaded_by=people["editor"], creator="Roe"),
        "large": make_image(width=2400, height=1600),
    }
    make_publication(logo=made["used"])
    if found is None:
        assert editor.get(LIBRARY, asked).status_code == 200
    else:
        assert set(tiles(editor, **asked)) == {made[name] for name in found}


def test_a_number_finds_its_picture(editor):
    image, _other = make_image(), make_image()
    assert tiles(editor, q=str(image.pk)) == [image]
    assert tiles(editor, q="9" * 30) == []


def test_the_sheet_costs_the_same_for_three_pictures_and_for_twelve(
    editor, people, django_assert_num_queries, django_assert_max_num_queries
):
    editor.get(LIBRARY)
    for _ in range(3):
        make_article(by=people["editor"], featured_image=make_image(developed=True))
    with django_assert_max_num_queries(12) as few:
        editor.get(LIBRARY)
    for _ in range(9):
        make_author(photo=make_image())
    with django_assert_num_queries(len(few)):
        editor.get(LIBRARY)


def test_pictures_without_a_credit_are_filled_in_those_that_readers_see_first(editor, people):
    live, idle, credited = make_image(), make_image(credit_line=""), make_image()
    make_article_at("published", people=people, featured_image=live)
    Image.objects.filter(pk=live.pk).update(credit_line="")
    page = editor.get(LIBRARY, {"credit": "missing"})
    assert [tile.image for tile, _form in page.context_data["credits"]] == [live, idle]
    editor.post(CREDITS, typed((live, "Jane Doe", "agency"), (idle, "", "own")))
    for image in (live, idle, credited):
        image.refresh_from_db()
    assert (live.credit_line, live.rights_category, idle.credit_line) == ("Jane Doe", "agency", "")
    assert live.history.count() == 3
    assert live.renditions["widths"]


def test_the_library_is_paged_by_key_and_taken_along(editor, monkeypatch):
    made = [make_image() for _ in range(5)]
    page = editor.get(LIBRARY)
    monkeypatch.setattr(page.context["cl"].model_admin, "list_per_page", 2)
    found, place = [], ""
    for _ in range(3):
        page = editor.get(f"{LIBRARY}{place}")
        found += [tile.image for tile in page.context_data["tiles"]]
        place = page.context["cl"].older
    assert (found, place) == (made[::-1], "")
    sent = editor.get(reverse("admin:articles_image_file", args=["csv"])).getvalue().decode()
    assert len(sent.splitlines()) == 6


def test_of_pictures_without_a_credit_none_is_passed_over_for_those_that_readers_see(
    editor, people
):
    seen = [make_image() for _ in range(8)]
    for image in seen:
        make_article_at("published", people=people, featured_image=image)
    others = [make_image() for _ in range(10)]
    Image.objects.update(credit_line="")
    first = editor.get(LIBRARY, {"credit": "missing"})
    second = editor.get(f"{LIBRARY}{first.context['cl'].older}")
    pages = [[tile.image for tile, _ in page.context_data["credits"]] for page in (first, second)]
    assert pages[0] == [*seen[:1:-1], *others[:3:-1]]
    assert {*pages[0], *pages[1]} == {*seen, *others}


def test_a_credit_that_is_refused_keeps_what_was_typed_and_the_others_are_saved(editor):
    good, bad = make_image(credit_line=""), make_image(credit_line="")
    answer = editor.post(CREDITS, typed((good, "Jane Doe", "own"), (bad, "a\x07b", "no such")))
    assert [str(said) for said in get_messages(answer.wsgi_request)] == ["1 credit saved."]
    ((tile, form),) = answer.context_data["credits"]
    assert (tile.image, set(form.errors)) == (bad, {"credit_line", "rights_category"})
    assert f'name="picture-{bad.pk}-credit_line" value="a' in answer.content.decode()
    assert Image.objects.get(pk=good.pk).credit_line == "Jane Doe"


def test_a_credit_that_somebody_gave_meanwhile_is_neither_lost_nor_overwritten(editor):
    first, second = make_image(credit_line="Theirs"), make_image(credit_line="Theirs, too")
    answer = editor.post(CREDITS, typed((first, "Mine", "own"), (second, "", "own")))
    ((tile, form),) = answer.context_data["credits"]
    assert tile.image == first
    assert "Theirs" in str(form.errors)
    assert set(Image.objects.values_list("credit_line", flat=True)) == {"Theirs", "Theirs, too"}


@pytest.mark.parametrize("keys", [["x"], ["9" * 40], ["0"], []], ids=str)
def test_made_up_keys_give_no_picture_a_credit(editor, keys):
    assert editor.post(CREDITS, {"picture": keys}).status_code == 302


@pytest.mark.parametrize("role", ["contributor", "rights_desk"])
def test_who_may_not_change_pictures_sees_what_lacks_a_credit_and_gives_none(people, client, role):
    image = make_image(credit_line="")
    client.force_login(people[role])
    assert tiles(client, credit="missing") == [image]
    assert client.post(CREDITS, typed((image, "Mine", "own"))).status_code == 403
    assert client.get(reverse("admin:articles_image_replace", args=[image.pk])).status_code == 403


# --- the page of a picture ---------------------------------------------------------------------


def page_of(image, name="change"):
    return reverse(f"admin:articles_image_{name}", args=[image.pk])


def test_the_page_names_the_places_that_one_may_see_and_counts_the_others(people, client):
    image = make_image(developed=True)
    make_article(by=people["editor"], featured_image=image, headline="A secret draft")
    make_article(by=people["contributor"], featured_image=image, headline="My own draft")
    client.force_login(people["contributor"])
    text = soup(client.get(page_of(image))).select_one(".desk-side").get_text(" ")
    assert "My own draft" in text
    assert "secret" not in text
    assert "And 1 place that you may not see." in " ".join(text.split())


@pytest.mark.parametrize(("typed", "kept"), [("30", 30), ("101", 50), ("-1", 50), ("x", 50)])
def test_a_focal_point_lies_within_the_picture(editor, typed, kept):
    image = make_image(developed=True)
    sent = {"alt_text": "A", "rights_category": "own", "focal_x": typed, "focal_y": "50"}
    editor.post(page_of(image), sent)
    assert Image.objects.get().focal_x == kept


def test_a_focal_point_makes_no_new_copies_and_moves_the_crop_by_a_class():
    image = make_image(developed=True)
    version = image.renditions["version"]
    assert darkroom.picture(image).focus == ""
    image.focal_x, image.focal_y = 27, 96
    darkroom.develop(image)
    assert image.renditions["version"] == version
    assert darkroom.picture(image).focus == "fx-30 fy-100"


def test_a_picture_is_replaced_where_it_is_ticked_with_a_result_for_each_place(editor, people):
    old, new = make_image(), make_image(credit_line="")
    draft = make_article(by=people["contributor"], featured_image=old)
    live = make_article_at("published", people=people, featured_image=old)
    kept = make_author(photo=old)
    keys = [f"article-{draft.pk}", f"article-{live.pk}", "article-99999", "nonsense"]
    shown = editor.get(page_of(old, "replace"), {"with": new.pk})
    assert len(shown.context_data["rows"]) == 3
    answer = editor.post(page_of(old, "replace"), {"by_picture": new.pk, "place": keys})
    words = " ".join(soup(answer).select_one("[role=status]").get_text(" ").split())
    assert "Replaced in 1 place" in words
    assert "has no credit line" in words
    for row in (draft, live, kept):
        row.refresh_from_db()
    assert (draft.featured_image, live.featured_image, kept.photo) == (new, old, old)


@pytest.mark.parametrize(
    "sent",
    [{}, {"by_picture": "x"}, {"by_picture": "9" * 40}, {"by_picture": "\x00"}, {"place": "x"}],
    ids=str,
)
def test_a_replacement_that_cannot_be_is_answered_in_words(editor, people, sent):
    old, new = make_image(), make_image()
    make_article(by=people["editor"], featured_image=old)
    answer = editor.post(page_of(old, "replace"), {"by_picture": new.pk} | sent)
    assert answer.status_code == 200
    assert answer.context_data["outcomes"] is None
    assert old.featured_in.count() == 1
