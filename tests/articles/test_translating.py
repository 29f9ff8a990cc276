"""A text in another language: begun with all that goes with it, and known to be out of date."""

import pytest
from django.contrib.auth.models import User

from articles import actions, translating
from articles.models import Article, Byline, OriginHop
from cms.workflows.actions import MoveNotAllowed, NotYours
from tests.factories.articles import (
    house,
    make_article,
    make_author,
    make_image,
    make_live_article,
    make_publication,
)
from tests.factories.headings import make_region, make_theme
from tests.factories.stages import make_article_at
from tests.racing import race


@pytest.fixture
def editor(people):
    return people["editor"]


@pytest.fixture
def text(editor):
    return make_article(by=editor, headline="The dam", slug="the-dam", language="en")


def rewrite(article, *, by, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return actions.revise(article, by=by)


def roles(article):
    return [(byline.author.name, byline.role) for byline in article.bylines.all()]


def way(article):
    return [(hop.step, hop.publication) for hop in article.hops.all()]


# --- beginning --------------------------------------------------------------------------------


def test_a_translation_begins_as_a_draft_with_what_its_original_says(editor, text):
    draft = translating.translate(text, "fr", by=editor)
    assert (draft.status, draft.language, draft.translation_of) == ("draft", "fr", text)
    assert (draft.headline, draft.body, draft.slug) == ("The dam", text.body, "the-dam-fr")
    assert draft.created_by == editor
    assert draft.revisions.get().note == "Begun as a translation of “The dam”"


def test_it_is_signed_by_who_wrote_it_and_by_who_translates_it(editor, text):
    text.bylines.all().delete()
    writer, former, translator = make_author("Ada"), make_author("Ben"), make_author("Carla")
    for place, (author, role) in enumerate([(writer, "author"), (former, "translator")]):
        Byline.objects.create(article=text, author=author, role=role, position=place)
    draft = translating.translate(text, "fr", by=editor, translator=translator)
    assert roles(draft) == [("Ada", "author"), ("Carla", "translator")]


def test_it_stands_under_the_same_headings_with_the_same_pictures(editor, text):
    region, theme, picture = make_region(), make_theme(), make_image()
    text.regions.add(region)
    text.themes.add(theme)
    text.tags.add("water")
    text.gallery.create(image=picture, caption="The gate.")
    draft = translating.translate(text, "de", by=editor)
    assert list(draft.regions.all()) == [region]
    assert list(draft.themes.all()) == [theme]
    assert list(draft.tags.names()) == ["water"]
    assert [(row.image, row.caption) for row in draft.gallery.all()] == [(picture, "The gate.")]


def test_a_carried_text_comes_by_the_way_it_took_and_through_our_house(editor):
    origin, between = make_publication("The Gazette"), make_publication("Le Relais")
    text = make_article(
        by=editor, originating_publication=origin, original_url="https://g.example/"
    )
    OriginHop.objects.create(article=text, step="crossposted", publication=between)
    draft = translating.translate(text, "fr", by=editor)
    assert (draft.originating_publication, draft.original_url) == (origin, "https://g.example/")
    assert way(draft) == [("crossposted", between), ("translated", house())]


def test_what_ran_under_another_name_here_was_first_published_there(people):
    supplement = make_publication("The Supplement")
    text = make_live_article(people=people, publication=supplement)
    draft = translating.translate(text, "fr", by=people["editor"])
    assert (draft.publication, draft.originating_publication) == (house(), supplement)
    assert draft.original_date == text.published_at.date()
    assert way(draft) == [("translated", house())]


def test_our_own_text_took_no_way(editor, text):
    draft = translating.translate(text, "fr", by=editor)
    assert draft.originating_publication is None
    assert way(draft) == []


def test_a_translation_of_a_translation_is_one_of_the_original(editor, text):
    french = translating.translate(text, "fr", by=editor)
    spanish = translating.translate(french, "es", by=editor)
    assert spanish.translation_of == text
    assert spanish.follows_revision == french.follows_revision == 1


@pytest.mark.parametrize("language", ["en", "xx", "", "fr"])
def test_a_language_that_is_taken_or_none_is_refused(editor, text, language):
    translating.translate(text, "fr", by=editor)
    with pytest.raises(MoveNotAllowed):
        translating.translate(text, language, by=editor)
    assert Article.objects.count() == 2


def test_who_may_not_see_it_does_not_translate_it(people, text):
    for role in ("contributor", "rights_desk"):
        with pytest.raises(NotYours):
            translating.translate(text, "fr", by=people[role])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_same_translation_one_does(people):
    text = make_article(by=people["editor"])
    who = ("editor", "managing_editor")
    ways = race([lambda by=people[role]: translating.translate(text, "fr", by=by) for role in who])
    assert sorted(type(way).__name__ for way in ways) == ["Article", "MoveNotAllowed"]
    assert text.translations.count() == 1


# --- following --------------------------------------------------------------------------------


def lacks(article, *, seen_by):
    group = translating.group_of(article, seen_by=seen_by)
    return {version.article.language: version.lacks for version in group.versions}


def test_a_translation_is_out_of_date_once_its_original_says_something_else(editor, text):
    draft = translating.translate(text, "fr", by=editor)
    assert lacks(draft, seen_by=editor) == {"en": [], "fr": []}
    rewrite(text, by=editor, headline="The dam breaks", body="<p>Another day.</p>")
    assert lacks(text, seen_by=editor) == {"en": [], "fr": ["Headline", "Body"]}


def test_tags_and_pictures_put_no_translation_out_of_date(editor, text):
    translating.translate(text, "fr", by=editor)
    text.tags.add("water")
    rewrite(text, by=editor, featured_image=make_image())
    assert lacks(text, seen_by=editor) == {"en": [], "fr": []}


def test_who_brought_it_up_says_so(editor, text):
    draft = translating.translate(text, "fr", by=editor)
    rewrite(text, by=editor, headline="The dam breaks")
    assert translating.say_it_follows(draft, by=editor) == 2
    assert lacks(draft, seen_by=editor) == {"en": [], "fr": []}


def test_of_a_translation_that_was_entered_by_hand_nothing_is_known(editor, text):
    make_article(by=editor, language="fr", translation_of=text)
    assert lacks(text, seen_by=editor) == {"en": [], "fr": None}


def test_what_is_no_translation_follows_nothing(editor, text):
    with pytest.raises(MoveNotAllowed, match="no translation"):
        translating.say_it_follows(text, by=editor)


def test_a_contributor_knows_of_the_versions_that_are_public_or_own(people, text):
    secret = translating.translate(text, "fr", by=people["editor"])
    public = make_article_at("published", people=people, language="en")
    own = translating.translate(public, "es", by=people["contributor"])
    hidden = translating.translate(public, "de", by=people["editor"])
    found = translating.group_of(public, seen_by=people["contributor"]).versions
    assert [version.article for version in found] == [public, own]
    assert {secret, hidden}.isdisjoint(version.article for version in found)


def test_a_group_costs_the_same_for_one_version_and_for_four(
    editor, text, django_assert_num_queries
):
    def costs(number):
        # Permissions are asked once a request.
        seen_by = User.objects.get(pk=editor.pk)
        seen_by.has_perm("articles.view_every_article")
        with django_assert_num_queries(number):
            translating.group_of(Article.objects.get(pk=text.pk), seen_by=seen_by)

    translating.translate(text, "fr", by=editor)
    costs(6)
    for language in ("es", "de", "ar"):
        translating.translate(text, language, by=editor)
    costs(6)
