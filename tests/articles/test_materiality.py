"""What readers need to be told of, and what they need not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.materiality import reasons

TEXT = (
    "<p>The line at Resita carries 440 megawatts, said Ana Pop.</p>"
    "<p>The council had approved it in May, two years before the work began, and nobody "
    "at the meeting asked how the money was to be found or who would pay for the pylons.</p>"
    "<p>“We did not know,” the mayor said.</p>"
)


def content(body=TEXT, **fields):
    bylines = [{"author": {"id": 1, "name": "Ada"}, "role": "author", "credit_suffix": ""}]
    return {"headline": "A line", "standfirst": "", "body": body, "bylines": bylines, **fields}


def changed(old: str, new: str) -> list[str]:
    assert old in TEXT
    return reasons(content(), content(TEXT.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("440", "1,100", "a figure was changed, from “440” to “1,100”"),
        ("440", "44.0", "a figure was changed"),
        ("Ana Pop", "Ana Popa", "a name may have changed, from “Pop” to “Popa”"),
        ("did not know", "did know", "words were taken out, “not”"),
        ("had approved", "had not approved", "words were added, “not”"),
        ("nobody", "everybody", "words were changed, from “nobody” to “everybody”"),
        ("approved", "unapproved", "words were changed"),
        ("know", "knaw", "the wording of a quotation was changed"),
    ],
)
def test_it_says_what_it_found(old, new, said):
    (sentence,) = changed(old, new)
    assert sentence.startswith("Body: ")
    assert said in sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("approved", "aproved"),
        ("megawatts,", "megawatts –"),
        ("“We did not know,”", '"We did not know",'),
        ("in May", "<strong>in</strong> <a href='https://may.example/'>May</a>"),
        ("The council", "the council"),
        ("nobody", "no body"),
        ("</p><p>The", " The"),
    ],
)
def test_spelling_signs_and_setting_are_no_news(old, new):
    assert changed(old, new) == []


def test_tags_pictures_and_addresses_are_no_news():
    assert reasons(content(), content(slug="other", tags=["a"], gallery=[{"image": 1}])) == []


def test_headline_standfirst_notes_and_credits_are_read_too():
    other = [{"author": {"id": 2, "name": "Ben"}, "role": "author", "credit_suffix": ""}]
    found = reasons(content(), content(headline="A pipe", standfirst="New.", bylines=other))
    assert [sentence.partition(":")[0] for sentence in found] == [
        "Headline",
        "Standfirst",
        "Bylines",
    ]
    note = '<p>Word<span class="footnote">Page {}.</span></p>'
    assert reasons(content(note.format(4)), content(note.format(4))) == []
    (sentence,) = reasons(content(note.format(4)), content(note.format(5)))
    assert sentence == "Footnotes: a figure was changed, from “4” to “5”."


def test_where_there_are_no_capitals_every_word_may_be_a_name():
    assert reasons(content("<p>قال أحمد ذلك</p>"), content("<p>قال أحمر ذلك</p>"))
    assert reasons(content("<p>东京都知事</p>"), content("<p>东京郡知事</p>"))


WORDS = st.sampled_from(
    ["river", "council", "Ana", "Popa", "440", "1,100", "said", "the", "not", "وقال"]
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=5)


@st.composite
def settings_of(draw, words):
    """The same words in the same order, set otherwise."""
    html = ""
    for word in words:
        wrapped = draw(
            st.sampled_from(
                [
                    "{}",
                    "<em>{}</em>",
                    '<a href="https://x.example/">{}</a>',
                    "{},",
                    "“{}”",
                    "{}<br>",
                ]
            )
        )
        html += wrapped.format(word) + draw(st.sampled_from([" ", " ", " – ", "</p><p>"]))
    block = draw(
        st.sampled_from(["<p>{}</p>", "<h2>x</h2><p>{}</p>", "<ul><li><p>{}</p></li></ul>"])
    )
    return block.replace("<h2>x</h2>", "").format(html)


@given(data=st.data(), paragraphs=PARAGRAPHS)
def test_how_a_text_is_set_never_matters(data, paragraphs):
    words = [word for paragraph in paragraphs for word in paragraph]
    one, other = data.draw(settings_of(words)), data.draw(settings_of(words))
    assert reasons(content(one), content(other)) == []


@given(data=st.data(), paragraphs=PARAGRAPHS, figure=st.integers(0, 10**9))
def test_another_figure_and_a_paragraph_that_is_gone_always_matter(data, paragraphs, figure):
    def html(rows):
        return "".join(f"<p>{' '.join(row)}</p>" for row in rows)

    gone = data.draw(st.integers(0, len(paragraphs) - 1))
    assert reasons(
        content(html(paragraphs)), content(html(paragraphs[:gone] + paragraphs[gone + 1 :]))
    )
    other = [*paragraphs[gone], str(figure)]
    before = [*paragraphs[gone], str(figure + 1)]

    def with_instead(row):
        return content(html([*paragraphs[:gone], row, *paragraphs[gone + 1 :]]))

    assert reasons(with_instead(before), with_instead(other))


@given(st.text(), st.text())
def test_whatever_is_typed_is_compared(old, new):
    assert isinstance(reasons(content(old), content(new, headline=new)), list)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 700, "b c a " * 480),
        ("</p><p>".join(["a", "b"] * 900), "</p><p>".join(["b", "c", "a"] * 600)),
        (f"b{'a' * 50_000}", f"{'a' * 50_000}b"),
    ],
    ids=["words", "paragraphs", "letters"],
)
def test_what_stands_over_and_over_is_told_without_being_compared(old, new):
    assert len(reasons(content(f"<p>{old}</p>"), content(f"<p>{new}</p>"))) == 1
    assert len(reasons(content(f"<p>Ten. {old} End.</p>"), content(f"<p>Six. {old} End.</p>"))) == 1
