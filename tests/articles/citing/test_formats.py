"""The files for reference managers: whatever an article is called, nothing in it is an order."""

import json
import re
from dataclasses import replace
from datetime import date

import jsonschema
from hypothesis import example, given
from hypothesis import strategies as st

from articles.citing import csl
from articles.citing.bibtex import bibtex
from articles.citing.citation import Citation, Name, Origin
from articles.citing.formats import FORMATS
from articles.citing.ris import ris

DAY = date(2021, 5, 4)
WHOLE = Citation(
    headline="50% of {all} tables & $5_000 #1 ~ C:\\x^2",
    container="Salt & Paper",
    url="https://house.example/articles/a_b%20{c}/",
    language="en",
    issued=DAY,
    accessed=date(2022, 1, 2),
    authors=(
        Name("Ludwig van Beethoven"),
        Name("Salt and Paper, Ltd", is_collective=True),
        Name("محمد عبد الله"),
    ),
    reporters=(Name("Cora Dunn"),),
    translators=(Name("Martin Luther King, Jr."),),
    editors=(Name("Eve Ford"),),
    standfirst="A book.\nNobody signs it.",
    rights="Copyright © Ada, 2021",
    origin=Origin("Firth Gazette", date(2019, 3, 2), "https://firth.example/1"),
)
# The vocabulary of CSL-JSON 1.0.2 as far as an article of a newspaper needs it; no word beyond it.
NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            part: {"type": "string"}
            for part in ("family", "given", "literal", "non-dropping-particle", "suffix")
        },
        "additionalProperties": False,
    },
}
DATES = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "additionalProperties": False,
}
TEXTS = (
    "id", "title", "container-title", "URL", "language", "abstract", "note", "original-publisher",
)  # fmt: skip
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"const": "article-newspaper"},
            **{name: {"type": "string"} for name in TEXTS},
            **dict.fromkeys(("author", "contributor", "editor", "translator"), NAMES),
            **dict.fromkeys(("issued", "accessed", "original-date"), DATES),
        },
        "required": ["type", "id", "title"],
        "additionalProperties": False,
    },
}

people = st.lists(st.builds(Name, st.text(max_size=30), is_collective=st.booleans()), max_size=4)
days = st.none() | st.dates()
anything = st.text(
    st.characters() | st.sampled_from("{}\\%&$#_~^\"'@,\r\n\u2028\u202e\x00\ud800"), max_size=40
)
citations = st.builds(
    Citation,
    headline=anything,
    container=anything,
    url=anything,
    language=anything,
    issued=days,
    accessed=days,
    authors=people.map(tuple),
    reporters=people.map(tuple),
    translators=people.map(tuple),
    editors=people.map(tuple),
    standfirst=anything,
    rights=anything,
    origin=st.none() | st.builds(Origin, anything, published_on=days, url=anything),
)
# Without a letter in its headline a reference has no title.
titled = citations.map(lambda citation: replace(citation, headline=f"A{citation.headline}"))


def test_bibtex_of_a_whole_reference():
    assert bibtex(WHOLE) == (
        r"""@article{beethoven2021tables,
  author = {van Beethoven, Ludwig and {Salt and Paper, Ltd} and {محمد عبد الله}},
  translator = {King, Jr., Martin Luther},
  editor = {Ford, Eve},
  title = {{50\% of \textbraceleft{}all\textbraceright{} tables \& \$5\_000 \#1 \textasciitilde{} C:\textbackslash{}x\textasciicircum{}2}},
  journal = {Salt \& Paper},
  entrysubtype = {newspaper},
  year = {2021},
  month = may,
  day = {4},
  url = {https://house.example/articles/a_b%20%7Bc%7D/},
  urldate = {2022-01-02},
  language = {en},
  abstract = {A book. Nobody signs it.},
  copyright = {Copyright © Ada, 2021},
  note = {First published by Firth Gazette, 2019-03-02 (https://firth.example/1)},
}
"""  # noqa: E501
    )


def test_ris_of_a_whole_reference():
    assert ris(WHOLE).split("\r\n") == [
        "TY  - NEWS",
        "TI  - 50% of {all} tables & $5_000 #1 ~ C:\\x^2",
        "AU  - van Beethoven, Ludwig",
        "AU  - Salt and Paper Ltd",
        "AU  - محمد عبد الله",
        "A2  - Ford, Eve",
        "A4  - King, Martin Luther, Jr.",
        "T2  - Salt & Paper",
        "PY  - 2021",
        "DA  - 2021/05/04/",
        "AB  - A book. Nobody signs it.",
        "LA  - en",
        "UR  - https://house.example/articles/a_b%20{c}/",
        "Y2  - 2022/01/02/",
        "CR  - Copyright © Ada, 2021",
        "N1  - First published by Firth Gazette, 2019-03-02 (https://firth.example/1)",
        "ER  - ",
        "",
    ]


def test_csl_json_of_a_whole_reference_says_who_where_and_when():
    (item,) = json.loads(csl.csl_json(WHOLE))
    assert item["author"] == [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "Salt and Paper, Ltd"},
        {"literal": "محمد عبد الله"},
    ]
    assert item["contributor"] == [{"family": "Dunn", "given": "Cora"}]
    assert item["issued"] == {"date-parts": [[2021, 5, 4]]}
    assert item["original-publisher"] == "Firth Gazette"
    assert item["note"].endswith(" | Copyright © Ada, 2021")


def unquoted(text: str) -> str:
    """A field of BibTeX without the orders that stand for signs."""
    return re.sub(
        r"\\text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|\\[#$%&_]", "", text
    )


@given(citations)
@example(WHOLE)
@example(replace(WHOLE, headline="}}, author = {Nobody"))
def test_bibtex_has_one_entry_with_balanced_braces_and_no_order_in_it(citation):
    written = bibtex(citation)
    lines = written.split("\n")
    assert re.fullmatch(r"@article\{[a-z0-9]+,", lines[0])
    assert lines[-2:] == ["}", ""]
    for row in lines[1:-2]:
        name, value = re.fullmatch(r"  ([a-z]+) = (.+),", row).groups()
        depth = 0
        for sign in value:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0
        assert depth == 0
        if name not in ("url", "month"):
            assert not set("\\#$%&_~^") & set(unquoted(value)), value


@given(citations)
def test_ris_has_one_tag_a_line_and_one_record(citation):
    rows = ris(citation).split("\r\n")
    assert rows[0] == "TY  - NEWS"
    assert rows[-2:] == ["ER  - ", ""]
    for row in rows[:-1]:
        assert re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*", row)
    assert sum(row.startswith(("TY  -", "ER  -")) for row in rows) == 2


@given(titled)
@example(WHOLE)
def test_csl_json_keeps_to_the_vocabulary(citation):
    jsonschema.validate(json.loads(csl.csl_json(citation).encode()), SCHEMA)


@given(citations)
def test_every_file_is_text_that_can_be_written(citation):
    for format in FORMATS.values():
        assert "\x00" not in format.written(citation).encode().decode()
