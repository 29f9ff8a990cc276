"""The way of a text: every stage in order, and what we carry it under."""

from datetime import date

from articles.models import Article
from articles.pages import article_page, loaded
from licensing.answers import rights_for
from licensing.lineage import lineage
from licensing.models import Clearance
from tests.factories.articles import make_live_article, make_publication
from tests.factories.whole import make_whole_article


def stages(article):
    page = article_page(loaded(Article.objects.all()).get(pk=article.pk))
    return lineage(page, rights_for(page))


def test_the_stages_run_from_first_publication_to_our_page(people):
    article = make_whole_article(people)
    Clearance.objects.filter(publication__name="Firth Gazette").update(
        agreed_on=date(2018, 3, 3), valid_until=date(2090, 3, 2)
    )
    found = stages(article)
    assert [(stage.label, stage.name, stage.day) for stage in found] == [
        ("First published by", "Firth Gazette", date(2019, 3, 2)),
        ("Translated by", "Translators' Pool", date(2020, 1, 7)),
        ("Cross-posted by", "Harbour Mirror", None),
        ("Carried here by", "The House Review", date(2021, 5, 4)),
    ]
    assert [stage.url for stage in found][:2] == [
        "https://firth.example/2019/tides/",
        "https://pool.example/",
    ]
    assert found[-1].leave == (
        "our agreement with Firth Gazette of 3 March 2018",
        "our agreement with Translators' Pool",
    )
    assert found[-1].until == date(2090, 3, 2)


def test_a_text_of_our_own_has_one_stage(people):
    found = stages(make_live_article(people=people))
    assert [(stage.step, stage.label, stage.leave, stage.until) for stage in found] == [
        ("here", "First published here by", (), None)
    ]


def test_a_text_under_the_name_of_another_publication_came_from_there(people):
    other = make_publication("Gazette", url="https://g.example/")
    found = stages(make_live_article(people=people, publication=other))
    assert [(stage.step, stage.name) for stage in found] == [
        ("first_published", "Gazette"),
        ("here", "Gazette"),
    ]
