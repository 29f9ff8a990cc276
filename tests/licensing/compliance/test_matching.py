"""Our paragraphs in somebody else's page: found whole, altered or not at all, in bearable time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.compliance.matching import is_said, match, words_of

WORDS = [f"word{number}" for number in range(400)]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=12, max_size=60, unique=True).map(" ".join),
    min_size=2,
    max_size=8,
    unique=True,
)


@settings(max_examples=40)
@given(TEXTS, st.lists(st.sampled_from(["Home", "Most read", "Share"]), max_size=3))
def test_what_stands_whole_is_found_whole_wherever_paragraphs_end(paragraphs, around):
    for blocks in (paragraphs, [" ".join(paragraphs)], " ".join(paragraphs).split(" ")):
        found = match(paragraphs, [*around, *blocks, *around])
        assert (found.share, found.missing, found.altered, found.added) == (1, (), (), ())


@settings(max_examples=40)
@given(TEXTS, st.data())
def test_a_paragraph_that_was_cut_is_the_one_that_is_missing(paragraphs, data):
    cut = data.draw(st.sampled_from(paragraphs))
    others = [one for one in paragraphs if one != cut]
    # Random texts share words; this one has none in common with the others.
    own = " ".join(f"own{number}" for number in range(30))
    paragraphs = [own if one == cut else one for one in paragraphs]
    found = match(paragraphs, others)
    assert [one.paragraph for one in found.missing] == [own]
    assert found.altered == ()


@given(st.lists(st.sampled_from(WORDS), min_size=20, max_size=80, unique=True), st.data())
def test_one_word_that_was_changed_is_marked(words, data):
    place = data.draw(st.integers(3, len(words) - 4))
    theirs = [*words[:place], "other", *words[place + 1 :]]
    (found,) = match([" ".join(words)], [" ".join(theirs)]).found
    assert [tuple(change) for change in found.changes] == [(words[place], "other")]


def test_case_quotes_dashes_spaces_and_marks_of_notes_change_nothing():
    ours = "“We read it aloud – all of it –” said Marit Lund, who kept the minutes.[1]"
    theirs = (
        '"WE  read it aloud - all of it -" said Marit\u00a0Lund, who kept the min\u00adutes. [12]'
    )
    assert match([ours], [theirs]).altered == ()


def test_figures_count():
    ours = "The company offered 300,000 for the right to bottle the water of the spring."
    (found,) = match([ours], [ours.replace("300,000", "500,000")]).altered
    assert found.changes == (("300", "500"),)


def test_scripts_without_spaces_and_from_the_right_are_read():
    japanese = "港の評議会は火曜日に開かれ、漁師の家族の話を聞いた。"
    arabic = "اجتمع مجلس الميناء يوم الثلاثاء للاستماع إلى عائلات الصيادين."
    for text in (japanese, arabic):
        assert match([text], [f"… {text} …"]).share == 1
    (found,) = match([japanese], [japanese.replace("火", "水")]).altered
    assert found.changes == (("火", "水"),)


def test_a_headline_is_said_with_its_words_together():
    assert is_said(["The pump – Ridge Courier"], "The Pump")
    assert not is_said(["The old pump"], "The pump")
    assert not is_said(["anything"], "…")


def test_pages_that_mean_harm_cost_no_more_than_others():
    ours = ["a a a a " * 100, " ".join(WORDS)]
    found = match(ours, ["a " * 400_000, *[" ".join(WORDS[:50])] * 2_000])
    assert 0 <= found.share <= 1
    assert len(words_of("a" * 100_000)) == 1
