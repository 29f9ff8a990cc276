"""What people paste, from files in tests/data/paste, and what an article keeps of each."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data" / "paste"

GAZETTE = '<span class="footnote">Letter to the <em>Selde Gazette</em>'
HARBOUR = "<h2>The harbour that moved</h2>"
TABLE = (
    "<table><tbody><tr><td><p><strong>Year</strong></p></td><td><p><strong>Ships</strong></p></td>"
    "</tr><tr><td><p>2024</p></td><td><p>31</p></td></tr></tbody></table>"
)

KEPT = {
    "word_desktop": (
        f"{HARBOUR}<p>The <strong>harbour</strong> of <em>Selde</em> closed in March.{GAZETTE},"
        " 3 March. Seen in the archive.</span> Nobody was told.</p><h2>What the boats carried</h2>"
        "<ul><li><p>Salt</p><ol><li><p>grey</p></li><li><p>white</p></li></ol></li>"
        "<li><p>Timber</p></li></ul><blockquote><p>“We heard it on the radio.”"
        '<span class="footnote">Interview, 5 March.</span></p></blockquote>'
        f'{TABLE}<p><a href="https://selde.example/report">The report</a> is public.</p>'
    ),
    "word_online": (
        "<h2>What the boats carried</h2><p><strong>Salt</strong>, above all, and <em>timber</em>."
        "</p><ul><li><p>grey</p><ul><li><p>from the north</p></li></ul></li></ul>"
    ),
    "google_docs": (
        f"{HARBOUR}<p>The <strong>harbour</strong> of <em>Selde</em> closed in March.{GAZETTE}."
        "</span> Nobody was told.</p><ul><li><p>Salt</p><ul><li><p>grey</p></li></ul></li><li><p>"
        f'<a href="https://selde.example/timber">Timber</a></p></li></ul>{TABLE}'
    ),
    "libreoffice": (
        f"{HARBOUR}<p><strong>Selde</strong> closed it in <em>March</em>.{GAZETTE}.</span> A port"
        '<span class="footnote">Interview, 5 March.</span> is <s>never</s> empty.</p><ol><li><p>'
        'Salt</p><ol type="a"><li><p>grey</p></li></ol></li><li><p>Timber</p></li></ol>'
    ),
    "web_page": (
        f'{HARBOUR}<p>The harbour of Selde closed, <a href="https://selde.example/council">the'
        " council</a> said.</p><p>Boats at low water.</p><blockquote><p>We heard it on the radio."
        "</p></blockquote><p>Nobody was told.</p>"
    ),
    "encyclopedia": (
        '<h2>History</h2><p>The harbour closed in March.<span class="footnote">'
        '<a href="https://gazette.example/harbour">"Harbour shut"</a>. <em>Selde Gazette</em>.'
        '</span> It carried <a href="https://wiki.example/wiki/Salt" title="Salt">salt</a>.'
        '<span class="footnote">Port book, 1911.</span> Nobody was told.<span class="footnote">'
        '<a href="https://gazette.example/harbour">"Harbour shut"</a>. <em>Selde Gazette</em>.'
        "</span></p>"
    ),
    "newsletter": (
        f"{HARBOUR}<p>It closed in March.{GAZETTE}.</span> Nobody was told."
        '<span class="footnote">Interview, 5 March. By telephone.</span></p>'
    ),
    "block_notes": (
        f"<p>It closed in March.{GAZETTE}.</span> Nobody was told."
        '<span class="footnote">Port book, 1911.</span></p><p>What follows stays.</p>'
    ),
}


def source(name: str) -> str:
    """The clipboard as ``name`` filled it."""
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")
