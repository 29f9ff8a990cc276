"""What a reader types finds what is live and says so, on both databases alike."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from articles import actions
from articles.models import Article
from articles.search import search
from tests.factories import hidden
from tests.factories.articles import make_author, make_live_article, make_publication
from tests.factories.headings import make_region, make_report, make_theme

NOW = timezone.now()
# Language → what an article says, and what a reader may type instead.
SPOKEN = {
    "en": ("The pilots were reading tide tables", ["reads", "table", "PILOT", "Tides"]),
    "fr": (
        "Les réfugiées élevées près de l’élection présidentielle",
        ["réfugié", "refugies", "élevé", "eleve", "élections", "l’élection", "presidentiel"],
    ),
    "es": ("La investigación de las elecciones", ["investigaciones", "eleccion", "INVESTIGACION"]),
    "de": ("Die Häuser am Fluß gehören Müllers", ["Haus", "hauser", "fluss", "Flüsse", "Mueller"]),
    "ar": (
        "الانتخابات في المدرسة والقمح",
        ["انتخابات", "الْإِنْتِخَابَات", "مدرسة", "المدرســـة", "المدرسه", "القمح", "قمح", "والقمح"],
    ),
    "pt-br": ("As eleições no Brasil", ["eleição", "eleicoes"]),
    "ru": ("Выборы в маленькой ёлке", ["выборов", "елка", "МАЛЕНЬКИЙ"]),
    "uk": ("Вибори в Києві", ["вибори", "києві"]),
    "ja": ("気候変動の影響", ["気候", "変動", "気候変動"]),
    "th": ("การเลือกตั้งในประเทศไทย", ["เลือกตั้ง"]),
    "hi": ("हिन्दी में चुनाव", ["चुनाव", "हिन्दी"]),
    "el": ("Οι εκλογές στην Αθήνα", ["ΕΚΛΟΓΕΣ", "εκλογες", "αθηνα"]),
    "tr": ("İstanbul seçimleri ışık", ["istanbul", "secimleri", "isik"]),
}


@pytest.fixture
def article(people):
    """Makes live articles."""

    def make(body="", **fields):
        fields = {"body": f"<p>{body or 'Nothing to see.'}</p>", **fields}
        return make_live_article(people=people, **fields)

    return make


def headlines(text, articles=None, **options):
    """The headlines of what is found, the best first."""
    live = Article.objects.live() if articles is None else articles
    return [hit.article.headline for hit in search(live, text, **options).hits]


@pytest.mark.parametrize("language", SPOKEN)
def test_words_are_found_whatever_their_ending_case_and_accents(article, language):
    said, typed = SPOKEN[language]
    article(said, headline="Found", language=language)
    article("Something else altogether, in English.", headline="Another")
    assert [text for text in typed if headlines(text, is_literal=True) != ["Found"]] == []


def test_every_word_must_occur_somewhere_in_the_article(article):
    article("The tide comes in.", headline="Moon", authors=[make_author("Ada Brook")])
    article("The tide goes out.", headline="Sun")
    assert headlines("tide brook moon") == ["Moon"]
    assert headlines("tide brook sun") == []


def test_a_phrase_is_found_in_its_order_only_and_not_across_a_footnote_or_a_field(article):
    note = '<span class="footnote">Printed since 1802.</span>'
    article(f"They measured high{note} water at noon.", headline="Phrase")
    article("The water was high.", headline="Harbour", standfirst="High")
    assert headlines('"high water"') == ["Phrase"]
    assert headlines('"harbour high"') == []
    assert headlines("“since 1802”") == ["Phrase"]


def test_a_phrase_of_common_words_is_found_at_the_end_of_a_long_text(article):
    article("the sea and " * 600 + "the state of the barometer", headline="Long")
    assert headlines('"state of the barometer"') == headlines('"and the state"') == ["Long"]
    assert headlines('"the barometer state"', is_literal=True) == []


def test_exclusions_and_alternatives(article):
    article("tide and moon", headline="Both")
    article("tide alone", headline="One")
    article("a barometer", headline="Other")
    assert set(headlines("tide -moon")) == {"One"}
    assert set(headlines("moon OR barometer")) == {"Both", "Other"}
    assert set(headlines('moon OR barometer -"tide and moon"')) == {"Other"}


def test_names_and_headings_are_found(article, people):
    story = article(
        headline="Named",
        authors=[make_author("Wanjirũ Kamau")],
        originating_publication=make_publication("Firth Gazette"),
    )
    story.regions.add(make_region("Orkney"))
    story.themes.add(make_theme("Navigation"))
    story.tags.add("lighthouses")
    make_report("The Sea’s Paperwork", articles=[story])
    actions.revise(story, by=people["editor"])
    for text in ("wanjiru", "firth gazette", "orkney", "navigation", "lighthouse", "paperwork"):
        assert headlines(text) == ["Named"], text


def test_the_headline_weighs_more_than_names_and_names_more_than_the_body(article):
    article("A barometer fell.", headline="In the body")
    article("Nothing.", headline="In a name", authors=[make_author("Barometer Jones")])
    article("Nothing.", headline="The barometer falls")
    article("The barometer, that barometer, a barometer!", headline="Often")
    assert headlines("barometer") == ["The barometer falls", "In a name", "Often", "In the body"]


def test_of_two_that_say_as_much_the_fresher_comes_first(article):
    article("barometer", headline="Old", dated=NOW - timedelta(days=3000))
    article("barometer", headline="New", dated=NOW - timedelta(days=3))
    article("barometer", headline="Middle", dated=NOW - timedelta(days=300))
    assert headlines("barometer") == ["New", "Middle", "Old"]


def test_words_that_say_nothing_are_left_out_of_a_question(article):
    article("Pilots read tables.", headline="Answer")
    assert headlines("how do the pilots read them") == ["Answer"]
    with translation.override("fr"):
        assert headlines("comment les pilots dans read", is_literal=True) == []
        assert headlines("les pilots dans read") == ["Answer"]


def test_a_word_of_one_language_is_not_taken_for_the_stem_of_another(article):
    article("Something new.", headline="New")
    article("Les news", headline="Neuf", language="fr")
    assert headlines("news", is_literal=True) == ["Neuf"]


@pytest.mark.parametrize("kind", [*hidden.UNKNOWN, "withdrawn"])
def test_nothing_hidden_is_found_counted_suggested_or_quoted(people, article, kind):
    article("Everybody may read of barometers.", headline="Live barometer")
    make = {**hidden.UNKNOWN, "withdrawn": hidden.withdrawn}[kind]
    make(people, headline="Secret zanzibar barometer", body="<p>Quuxville zanzibar barometer</p>")
    found = search(Article.objects.live(), "barometer")
    assert (found.total, [hit.article.headline for hit in found.hits]) == (1, ["Live barometer"])
    for text in ("zanzibar", "zanzibra", "Quuxvile", "secret", "barometer zanzibra"):
        found = search(Article.objects.live(), text)
        assert (found.total, found.corrected, found.suggestion) == (0, "", ""), text


def test_an_article_is_found_when_its_hour_strikes_though_nothing_runs(people):
    hidden.scheduled(people, body="<p>barometer</p>")
    tomorrow = timezone.now() + timedelta(days=2)
    assert search(Article.objects.live(), "barometer").total == 0
    assert search(Article.objects.live(tomorrow), "barometer", at=tomorrow).total == 1


def test_a_publication_that_is_rolled_back_is_not_found(people):
    with transaction.atomic():
        make_live_article(people=people, body="<p>barometer</p>")
        assert search(Article.objects.live(), "barometer").total == 1
        transaction.set_rollback(True)
    assert search(Article.objects.all(), "barometer").total == 0


def test_a_misspelt_name_is_put_right_as_the_article_writes_it(article):
    article("On Skerryvoe, nobody.", headline="Isle", authors=[make_author("Wanjirũ Kamau")])
    for typed, meant in {
        "Skerivoe": "Skerryvoe",
        "sketryvoe island": "",
        "skerryveo isle": "Skerryvoe isle",
        "wanjiro": "Wanjirũ",
        '"wanjiru kamua"': '"wanjiru Kamau"',
    }.items():
        found = search(Article.objects.live(), typed)
        assert (found.corrected, found.total) == (meant, bool(meant)), typed
    assert search(Article.objects.live(), "Skerivoe", is_literal=True).total == 0


def test_a_word_that_hardly_occurs_is_asked_about(article):
    for _ in range(4):
        article("The harbour of Durban.")
    article("The harbor of Durban.", headline="American")
    found = search(Article.objects.live(), "harbor")
    assert ([hit.article.headline for hit in found.hits], found.suggestion) == (
        ["American"],
        "harbour",
    )


def test_a_word_that_is_right_is_not_asked_about(article):
    for _ in range(4):
        article("A wish; a dish for the rising tide. Das haben wir, ein litro.")
    article("The fish were gone. Fishing is over.", headline="Fish")
    article("Die Häfen, überall Häfen.", headline="Hafen", language="de")
    article("De litio se habla una vez.", headline="Litio", language="es")
    for typed in ("fish", "fishing", "Häfen", "Haefen", "litio"):
        found = search(Article.objects.live(), typed)
        assert (found.total, found.suggestion, found.corrected) == (1, "", ""), typed


def test_a_word_that_stands_in_other_articles_than_those_chosen_is_right(article):
    article("The whistle blew.", language="en")
    article("Thistle", language="de")
    chosen = Article.objects.live().filter(language="de")
    assert search(chosen, "whistle").corrected == ""
    assert search(chosen, "phistle").corrected == "Thistle"


def test_two_slips_do_not_change_how_a_word_begins(article):
    article("The meltwater came down to Morocco.")
    for typed, meant in {"saltwater": "", "Morroco": "Morocco"}.items():
        assert search(Article.objects.live(), typed).corrected == meant, typed


def test_a_long_question_of_words_that_never_meet_costs_few_queries(article):
    words = [f"{letter}{letter}ide" for letter in "abcdefghijklmnopqrstuvwxyz"]
    for word in words:
        article(f"only {word}")
    for text in (" ".join(words), f'"{" ".join(words[:13])}" "{" ".join(words[13:])}"'):
        with CaptureQueriesContext(connection) as captured:
            assert search(Article.objects.live(), text).total == 0
        assert len(captured) <= 16, text


def test_pages_hold_everything_once(article):
    for number in range(7):
        article("barometer", headline=f"Number {number}", dated=NOW - timedelta(days=number))
    live = Article.objects.live()
    pages = [search(live, "barometer", page=page, size=3) for page in (1, 2, 3)]
    assert [headline for page in pages for headline in [h.article.headline for h in page.hits]] == [
        f"Number {number}" for number in range(7)
    ]
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    for nowhere in (4, 0, -1):
        assert search(live, "barometer", page=nowhere, size=3).hits == []


def test_of_a_very_common_word_the_newest_and_those_that_mean_it_are_ranked(article, monkeypatch):
    monkeypatch.setattr("articles.search.finding.MOST_RANKED", 3)
    article("words", headline="Barometer", dated=NOW - timedelta(days=900))
    for number in range(5):
        article("a barometer", headline=f"Number {number}", dated=NOW - timedelta(days=number))
    found = search(Article.objects.live(), "barometer")
    assert found.is_more and found.total == 4
    assert [hit.article.headline for hit in found.hits] == [
        "Barometer",
        "Number 0",
        "Number 1",
        "Number 2",
    ]


def test_it_searches_among_the_articles_it_is_given(article):
    one = article("barometer", headline="One", language="de")
    one.regions.add(make_region("Orkney"))
    article("barometer", headline="Two")
    live = Article.objects.live()
    assert headlines("barometer", live.filter(language="de")) == ["One"]
    assert headlines("barometer", live.filter(regions__name="Orkney").distinct()) == ["One"]
    assert headlines("barometer", live.none()) == []


def test_the_piece_shown_is_the_one_that_says_it(article):
    filler = " ".join(["filler"] * 200)
    article(f"{filler} The <em>Réfu</em>giées &amp; pilots came. {filler}", language="fr")
    (hit,) = search(Article.objects.live(), "refugie pilots").hits
    text = "".join(part.text for part in hit.snippet)
    assert "The Réfugiées & pilots came." in text
    assert [part.text for part in hit.snippet if part.is_marked] == ["Réfugiées", "pilots"]
    assert len(text) < 300


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no rows apart")
def test_rows_that_a_flush_leaves_in_sqlite_find_nothing_and_are_written_over(article):
    story = article("barometer")
    kept = story.search_entry
    type(kept).objects.all().delete()
    assert search(Article.objects.live(), "barometer").total == 0
    actions.index.keep([story.pk])
    assert search(Article.objects.live(), "barometer").total == 1
