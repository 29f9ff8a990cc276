"""A body as words: read alone, counted, timed."""

import pytest

from articles import reading


def test_the_words_alone_have_blank_lines_between_and_the_notes_at_the_end():
    text = reading.plain_text(
        '<h2>Head</h2><p>A &amp; b<br>c<span class="footnote">See <em>there</em>.</span></p><hr>'
        '<ul><li>one</li><li><p>two</p></li></ul><ol start="3"><li>x</li><li>y</li></ol>'
        "<table><tbody><tr><th>h</th><td>i</td></tr></tbody></table>"
    )
    assert text == (
        "Head\n\nA & b\nc[1]\n\n* * *\n\n- one\n\n- two\n\n3. x\n\n4. y\n\nh\ti\n\n[1] See there."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Three short words.</p><p>and two</p>", 5),
        ("<p>one</p><ul><li>two</li></ul>", 2),
        ("<p>peace-talks aren’t — over…now 2,019</p>", 5),
        ('<p>word<span class="footnote">not counted here</span> two</p>', 2),
        ("<p>مُحَمَّدٌ كتب رسالة</p>", 3),
        ("<p>می‌خواهم بروم</p>", 2),
        ("<p>日本語です。two words</p>", 7),
        ("<p>新闻 AI</p>", 3),
        ("<p>&amp; * – 1 &lt; 2</p>", 2),
    ],
)
def test_words_are_counted(text, words):
    assert reading.word_count(text) == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (460, 2), (1365, 6)])
def test_reading_time_is_in_whole_minutes(words, minutes):
    assert reading.reading_minutes(words) == minutes
