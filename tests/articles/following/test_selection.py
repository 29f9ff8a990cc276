"""Which news go into whose digest: each once, none missed, under the first heading that fits."""

from hypothesis import given
from hypothesis import strategies as st

from articles.following.selection import News, Version, choose

SITE, WATER, RIVERS, JANE = ("site", 0), ("theme", 1), ("theme", 2), ("author", 7)


def came_out(number, *headings, article=None, text=None):
    article = article or number
    return News(number, article, text or article, frozenset({SITE, *headings}))


def corrected(number, article, *headings):
    return News(number, article, article, frozenset({SITE, *headings}), correction=100 + number)


def english(*news):
    """The versions where nothing is translated."""
    return {
        entry.text: [Version(entry.article, "en", entry.number)]
        for entry in news
        if not entry.correction
    }


def chosen(news, followed=(SITE,), versions=None, **told):
    limits = {"since": 0, "told": 0, "language": "en", "most": 30, **told}
    return choose(
        news, english(*news) if versions is None else versions, followed=followed, **limits
    )


def test_what_was_told_before_is_not_told_again():
    news = [came_out(1), came_out(2), came_out(3)]
    assert chosen(news, told=2).articles == [3]
    assert not chosen(news, told=3)


def test_only_what_stands_under_a_followed_heading_is_told():
    news = [came_out(1, WATER), came_out(2)]
    assert chosen(news, [WATER]).articles == [1]
    assert not chosen(news, [JANE])


def test_an_article_stands_once_under_the_first_of_its_headings():
    news = [came_out(1, WATER, RIVERS, JANE), came_out(2, WATER)]
    assert chosen(news, [JANE, RIVERS, WATER]).sections == {JANE: [1], WATER: [2]}


def test_the_newest_come_first_and_the_rest_is_counted():
    found = chosen([came_out(number) for number in range(1, 6)], most=3)
    assert (found.articles, found.more) == ([5, 4, 3], 2)


def test_of_translations_that_come_out_together_the_readers_own_is_told():
    news = [came_out(1), came_out(2, text=1), came_out(3, text=1)]
    versions = {1: [Version(1, "en", 1), Version(2, "fr", 2), Version(3, "ar", 3)]}
    assert chosen(news, versions=versions, language="fr").articles == [2]
    assert chosen(news, versions=versions, language="de").articles == [1]


def test_a_later_translation_is_news_in_the_readers_language_alone():
    versions = {1: [Version(1, "en", 1), Version(2, "fr", 2)]}
    news = [came_out(2, text=1)]
    assert chosen(news, versions=versions, told=1, language="fr").articles == [2]
    assert not chosen(news, versions=versions, told=1, language="en")
    assert not chosen(news, versions=versions, told=1, language="de")


def test_a_correction_is_named_to_those_who_may_have_been_told_the_article():
    versions = {5: [Version(5, "en", 5)]}
    news = [corrected(9, 5, WATER)]
    assert chosen(news, [WATER], versions, since=4, told=8).corrected == [(5, 109)]
    # It came out before they followed, or comes out with this digest.
    assert not chosen(news, [WATER], versions, since=5, told=8)
    assert not chosen(news, [WATER], versions, since=3, told=4)
    assert not chosen(news, [JANE], versions, since=4, told=8)


def test_of_the_versions_of_a_text_only_the_one_that_was_told_is_corrected():
    versions = {1: [Version(1, "en", 1), Version(2, "fr", 2), Version(3, "es", 3)]}
    news = [
        News(number, article, 1, frozenset({SITE}), correction=100 + article)
        for number, article in [(7, 1), (8, 2), (9, 3)]
    ]
    for language, article in {"en": 1, "fr": 2, "es": 3, "de": 1}.items():
        found = chosen(news, versions=versions, language=language, told=6)
        assert found.corrected == [(article, 100 + article)]
    # Told in English before the French came out.
    found = chosen(news, versions=versions, language="fr", told=1)
    assert found.corrected == [(1, 101)]


def test_a_reader_of_a_language_reads_it_as_another_country_writes_it():
    news = [came_out(1), came_out(2, text=1)]
    versions = {1: [Version(1, "en", 1), Version(2, "es-mx", 2)]}
    assert chosen(news, versions=versions, language="es").articles == [2]


headings = st.sampled_from([WATER, RIVERS, JANE])
newsday = st.lists(st.sets(headings), max_size=12)


@given(days=st.lists(newsday, max_size=8), followed=st.sets(headings | st.just(SITE), min_size=1))
def test_day_after_day_everything_followed_is_told_exactly_once(days, followed):
    news, told_before, told = [], 0, []
    for day in days:
        for names in day:
            news.append(came_out(len(news) + 1, *names))
        told += chosen(news, list(followed), told=told_before).articles
        told_before = len(news)
    assert sorted(told) == [entry.article for entry in news if entry.headings & followed]


@given(
    groups=st.lists(st.sets(st.sampled_from(["en", "fr", "ar"]), min_size=1), max_size=10),
    language=st.sampled_from(["en", "fr", "ar", "de"]),
    told=st.integers(0, 30),
    most=st.integers(1, 10),
)
def test_no_text_is_told_twice_in_one_digest(groups, language, told, most):
    news, versions = [], {}
    for text, spoken in enumerate(groups, start=1):
        for code in sorted(spoken):
            number = len(news) + 1
            news.append(came_out(number, article=number, text=text))
            versions.setdefault(text, []).append(Version(number, code, number))
    found = chosen(news, versions=versions, language=language, told=told, most=most)
    texts = {entry.article: entry.text for entry in news}
    listed = [texts[article] for article in found.articles]
    assert len(listed) == len(set(listed)) <= most
    assert all(number > told for number in found.articles)
