"""What cannot be saved comes back with a sentence and with every word that was typed."""

from datetime import timedelta
from itertools import zip_longest

import pytest
from django.utils import timezone

from articles.models import Article, FormerSlug, Region
from tests.browsing import complaints, filled, page_of, rows, typed_in
from tests.factories.articles import house, make_article, make_author, make_image, make_publication
from tests.factories.headings import make_region
from tests.factories.stages import make_article_at

ADD = "/admin/articles/article/add/"
INVISIBLE = {"NUL": "\x00", "bell": "\x07", "override": "\u202e", "isolate": "\u2066", "C1": "\x85"}
TOMORROW = f"{timezone.now() + timedelta(days=2):%Y-%m-%d}"


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def editor(people, client):
    house()
    client.force_login(people["editor"])
    return client


def refused(client, url, typed):
    """Posts, and holds the answer to what every refusal owes; returns it."""
    before = list(Article.objects.order_by("pk").values())
    answer = client.post(url, typed)
    assert answer.status_code == 200
    assert complaints(answer), "no sentence says why"
    assert all(" " in sentence for sentence in complaints(answer))
    for name, value in typed.items():
        if (
            name in ("headline", "standfirst", "editorial_note", "body", "slug")
            and "\0" not in value
        ):
            assert typed_in(answer, name) == value, name
    assert list(Article.objects.order_by("pk").values()) == before
    return answer


def faulty(answer) -> set[str]:
    """The fields beside which a sentence says what is wrong."""
    lists = page_of(answer).select("ul.errorlist[id]")
    return {found["id"].removeprefix("id_").removesuffix("_error") for found in lists}


HOSTILE = [
    ("headline", ""),
    ("headline", "   "),
    ("headline", "x" * 201),
    ("headline", "two\nlines"),
    ("standfirst", "x" * 1001),
    ("editorial_note", "x" * 4001),
    ("slug", "two words"),
    ("slug", "a/b"),
    ("slug", "x" * 201),
    ("slug", "½"),
    ("language", "tlh"),
    ("language", ""),
    ("publication", ""),
    ("publication", "99999999999999999999999"),
    ("publication", "abc"),
    ("publication", "-1"),
    ("originating_publication", "abc"),
    ("featured_image", "abc"),
    ("translation_of", "abc"),
    ("regions", ["abc"]),
    ("regions", ["999999"]),
    ("themes", ["99999999999999999999999999"]),
    ("copyright_year", "0"),
    ("copyright_year", "99999"),
    ("copyright_year", "-5"),
    ("copyright_year", "2199"),
    ("copyright_year", "MMXX"),
    ("copyright_year", "9" * 5000),
    ("original_date", TOMORROW),
    ("original_date", "0000-01-01"),
    ("original_date", "99999-01-01"),
    ("original_date", "2019-02-30"),
    ("original_url", "javascript:alert(1)"),
    ("original_url", "data:text/html,x"),
    ("original_url", "https://"),
    ("original_url", "https://e.example/" + "x" * 1000),
    ("original_url", "https://[::1"),
    ("embargo_until", "99999-01-01T00:00"),
    ("embargo_until", "0000-01-01T00:00"),
    ("embargo_until", "0001-01-01T00:00"),
    ("embargo_until", "9999-12-31T23:59"),
    ("embargo_until", "soon"),
    ("tags", "x" * 101),
    ("tags", "!!!"),
    ("tags", "water, —, dams"),
    ("body", "<p>" + "x" * 1_000_001 + "</p>"),
    ("body", "<div>" * 2000),
    ("body", "<p>" + "<b></b>" * 60_000 + "</p>"),
    ("reader_note", "<p>" + "x" * 1_000_001 + "</p>"),
]
LINES_OF_TEXT = [
    "headline",
    "standfirst",
    "slug",
    "original_url",
    "copyright_holders",
    "tags",
    "editorial_note",
    "bylines-0-credit_suffix",
    "gallery-0-caption",
    "hops-0-url",
]
BY_FIELD = {name: [value for field, value in HOSTILE if field == name] for name, _value in HOSTILE}
AT_ONCE = [
    {name: value for name, value in zip(BY_FIELD, values, strict=True) if value is not None}
    for values in zip_longest(*BY_FIELD.values())
]
by_field = pytest.mark.parametrize(("name", "values"), BY_FIELD.items(), ids=BY_FIELD)


@pytest.mark.parametrize("faults", AT_ONCE, ids=range(len(AT_ONCE)))
def test_what_does_not_fit_is_refused_in_words_on_a_new_article(editor, faults):
    """Each of several faults at once, where it was typed; one after the other it is done below."""
    elsewhere = make_publication("Elsewhere")
    typed = filled(
        editor.get(ADD),
        headline="A headline",
        standfirst="In short, with <b>signs</b> & “quotes”.",
        body="<p>Words.</p>",
        originating_publication=elsewhere.pk,
        editorial_note="Line one\nline two",
    )
    answer = refused(editor, ADD, typed | faults)
    assert set(faults) <= faulty(answer)
    assert not Article.objects.exists()


@by_field
def test_what_does_not_fit_is_refused_in_words_on_an_article_that_stands(
    people, editor, name, values
):
    elsewhere = make_publication("Elsewhere")
    article = make_article(by=people["editor"], originating_publication=elsewhere)
    typed = filled(editor.get(change(article)))
    for value in values:
        refused(editor, change(article), typed | {name: value})
    assert article.revisions.count() == 1


@pytest.mark.parametrize("sign", INVISIBLE.values(), ids=INVISIBLE)
def test_invisible_signs_are_refused_in_every_line_of_text(people, editor, sign):
    article = make_article(by=people["editor"], originating_publication=make_publication())
    image, publication = make_image(), make_publication()
    typed = filled(editor.get(change(article)))
    typed |= rows("gallery", {"image": image.pk, "caption": "Here", "position": "0"})
    typed |= rows(
        "hops",
        {
            "step": "translated",
            "publication": publication.pk,
            "url": "",
            "date": "",
            "position": "0",
        },
    )
    faults = {
        name: ("https://e.example/" if name.endswith("url") else "") + f"a{sign}b"
        for name in LINES_OF_TEXT
    }
    assert set(faults) <= faulty(refused(editor, change(article), typed | faults))


@pytest.mark.parametrize("sign", INVISIBLE.values(), ids=INVISIBLE)
@pytest.mark.parametrize("name", ["body", "reader_note"])
def test_invisible_signs_never_reach_a_rich_text(people, editor, name, sign):
    article = make_article(by=people["editor"])
    typed = filled(editor.get(change(article))) | {name: f"<p>a{sign}b</p>"}
    assert editor.post(change(article), typed).status_code in (200, 302)
    article.refresh_from_db()
    assert sign not in getattr(article, name)


@pytest.mark.parametrize(
    "html",
    [
        "<p>unclosed <b>bold <i>both</b>",
        "<table><tr><td>loose",
        "</p></div><p>late",
        "<p>a < b && c > d",
        "<!-- unclosed <p>words</p>",
        '<a href="javascript:alert(1)">x</a>',
        '<p><a href="&#106;avascript:alert(1)" onclick="x()">words</a></p>',
        "<script>alert(1)</script><p>words</p>",
        "<svg><p><style><img src=x onerror=alert(1)></style>",
        "&#0;&#xD800;&#1114112;<p>words",
    ],
)
def test_broken_and_hostile_html_is_cleaned_and_saved(people, editor, html):
    article = make_article(by=people["editor"])
    typed = filled(editor.get(change(article))) | {"body": html, "reader_note": html}
    assert editor.post(change(article), typed).status_code in (200, 302)
    article.refresh_from_db()
    for stored in (article.body, article.reader_note):
        for evil in ("javascript:", "<script", "onclick", "onerror", "<svg", "<style", "\0"):
            assert evil not in stored
    assert editor.get(change(article)).status_code == 200
    assert editor.get(f"/admin/articles/article/{article.pk}/preview/").status_code == 200


def test_ten_megabytes_of_body_come_back_with_a_sentence(people, editor):
    article = make_article(by=people["editor"])
    typed = filled(editor.get(change(article))) | {"body": "<p>" + "words " * 1_750_000 + "</p>"}
    answer = editor.post(change(article), typed)
    assert answer.status_code == 200
    assert any("1,000,000" in sentence for sentence in complaints(answer))
    assert article.revisions.count() == 1


# --- what stands against other rows -----------------------------------------------------------


def test_a_slug_that_is_taken_is_refused(people, editor):
    make_article(by=people["editor"], slug="taken")
    refused(editor, ADD, filled(editor.get(ADD), headline="New", slug="taken"))
    refused(editor, ADD, filled(editor.get(ADD), headline="New", slug="TAKEN"))


def test_another_articles_former_address_is_refused_and_ones_own_is_not(people, editor):
    article = make_article(by=people["editor"], slug="now")
    FormerSlug.objects.create(model="article", slug="then", row_id=article.pk)
    refused(editor, ADD, filled(editor.get(ADD), headline="New", slug="then"))
    typed = filled(editor.get(change(article)), slug="then")
    assert editor.post(change(article), typed).status_code == 302


def test_an_address_elsewhere_wants_to_know_where(editor):
    typed = filled(editor.get(ADD), headline="New", original_url="https://e.example/")
    answer = refused(editor, ADD, typed)
    assert "Say which publication the original address or date belongs to." in complaints(answer)


def test_the_house_is_no_origin(editor):
    answer = refused(
        editor, ADD, filled(editor.get(ADD), headline="New", originating_publication=house().pk)
    )
    assert any("our own publication" in sentence for sentence in complaints(answer))


def test_a_text_was_first_published_before_we_published_it(people, editor):
    article = make_article_at("approved", people=people)
    Article.objects.filter(pk=article.pk).update(
        status="published", published_at=timezone.now() - timedelta(days=30)
    )
    typed = filled(
        editor.get(change(article)),
        originating_publication=make_publication().pk,
        original_date=f"{timezone.now() - timedelta(days=3):%Y-%m-%d}",
    )
    refused(editor, change(article), typed)


@pytest.mark.parametrize("case", ["same language", "of a translation", "of itself", "twice"])
def test_a_translation_is_of_an_original_in_another_language_and_the_only_one(people, editor, case):
    head = make_article(by=people["editor"], language="fr")
    translated = make_article(by=people["editor"], language="es", translation_of=head)
    article = make_article(by=people["editor"], language="en")
    typed = {
        "same language": {"language": "fr", "translation_of": head.pk},
        "of a translation": {"translation_of": translated.pk},
        "of itself": {"translation_of": article.pk},
        "twice": {"language": "es", "translation_of": head.pk},
    }[case]
    refused(editor, change(article), filled(editor.get(change(article))) | typed)


def test_an_original_with_translations_becomes_no_translation_itself(people, editor):
    head = make_article(by=people["editor"], language="fr")
    make_article(by=people["editor"], language="es", translation_of=head)
    other = make_article(by=people["editor"], language="de")
    refused(editor, change(head), filled(editor.get(change(head)), translation_of=other.pk))


@pytest.mark.parametrize("case", ["twice", "turned round"])
def test_a_refusal_says_not_a_word_of_a_version_that_is_secret(people, client, case):
    house()
    head = make_article(by=people["contributor"], language="fr")
    make_article(by=people["editor"], language="es", translation_of=head)
    own, other = (make_article(by=people["contributor"], language="en") for _ in range(2))
    article, typed = {
        "twice": (own, {"language": "es", "translation_of": head.pk}),
        "turned round": (head, {"translation_of": other.pk}),
    }[case]
    client.force_login(people["contributor"])
    answer = refused(client, change(article), filled(client.get(change(article))) | typed)
    assert complaints(answer) == ["You may not translate this article."]


def test_an_author_stands_in_a_role_once(people, editor):
    jane = make_author()
    row = {"author": jane.pk, "role": "author", "credit_suffix": "", "position": ""}
    typed = filled(editor.get(ADD), headline="New") | rows("bylines", row, row)
    refused(editor, ADD, typed)


def test_a_heading_does_not_contain_itself(editor):
    world = make_region("World")
    africa = make_region("Africa", parent=world)
    kenya = make_region("Kenya", parent=africa)
    url = f"/admin/articles/region/{world.pk}/change/"
    for within in (world, africa, kenya):
        answer = editor.post(url, filled(editor.get(url), parent=within.pk))
        assert answer.status_code == 200
        assert any("cannot contain itself" in sentence for sentence in complaints(answer))
    assert Region.objects.get(pk=world.pk).parent is None


@pytest.mark.parametrize(
    "typed",
    [
        {"bylines-TOTAL_FORMS": ""},
        {"bylines-TOTAL_FORMS": "-1"},
        {"bylines-TOTAL_FORMS": "999999999"},
        {"bylines-INITIAL_FORMS": "7"},
        {"bylines-0-author": "abc"},
        {"bylines-0-role": "emperor"},
        {"bylines-0-position": "-1"},
        {"bylines-0-position": "99999999999"},
        {"bylines-0-id": "abc"},
        {"bylines-0-id": "99999999999999999999999"},
        {"seen_revision": "abc"},
        {"seen_revision": "99999999999999999999999"},
    ],
)
def test_a_form_that_was_tampered_with_breaks_nothing(people, editor, typed):
    article = make_article(by=people["editor"])
    answer = editor.post(change(article), filled(editor.get(change(article))) | typed)
    assert answer.status_code in (200, 302)
    assert article.bylines.count() == 1
