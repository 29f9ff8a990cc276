"""Rich text block by block: what kind, which words, where the links lead."""

from articles.structure import lines, structure


def told(html):
    return [(block.kind, block.marker, block.text) for block in structure(html)]


def test_blocks_keep_their_kind_and_their_marker():
    html = (
        "<h2>Head</h2><p>One <strong>bold</strong>\n word.<br>Below.</p><hr>"
        "<blockquote><p>Said.</p></blockquote><ul><li>a</li><li><p>b</p></li></ul>"
        '<ol start="3"><li>c</li></ol>'
    )
    assert told(html) == [
        ("heading-2", "", "Head"),
        ("paragraph", "", "One bold word.\nBelow."),
        ("rule", "", "* * *"),
        ("quote", "", "Said."),
        ("item", "•", "a"),
        ("item", "•", "b"),
        ("item", "3.", "c"),
    ]


def test_what_the_notes_say_stands_at_the_end():
    html = (
        '<p>A<span class="footnote">First.</span> b.</p><p>C<span class="footnote">2nd.</span></p>'
    )
    assert told(html) == [
        ("paragraph", "", "A† b."),
        ("paragraph", "", "C†"),
        ("note", "1.", "First."),
        ("note", "2.", "2nd."),
    ]


def test_a_row_of_a_table_is_one_line():
    html = "<table><tr><th>a</th><td><p>b</p><p>c</p></td></tr><tr><td>d</td></tr></table>"
    assert told(html) == [("row", "", "a | b c"), ("row", "", "d")]


def test_links_are_known_by_their_words():
    (block,) = structure('<p>See <a href="/x">the <em>map</em></a> and <a href="/y">this</a>.</p>')
    assert block.links == {"the map": "/x", "this": "/y"}


def test_a_plain_text_has_lines():
    assert [block.text for block in lines("a\n\nb")] == ["a", "b"]
