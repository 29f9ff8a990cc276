"""References as the manuals have them: one, two, many and very many authors, or none."""

from dataclasses import replace
from datetime import date

import pytest

from articles.citing import chicago
from articles.citing.apa import apa
from articles.citing.citation import Citation, Name, Origin
from articles.citing.mla import mla
from articles.citing.runs import Run, plain

ARTICLE = Citation(
    headline="Can the Tide Be Kept?",
    container="The House Review",
    url="https://house.example/articles/tide/",
    issued=date(2021, 9, 4),
    accessed=date(2021, 12, 24),
    authors=(Name("Ada Brook"),),
)
ONE = ARTICLE.authors
TWO = (Name("Ada Brook"), Name("Jean-Paul de la Croix"))
THREE = (*TWO, Name("Martin Luther King, Jr."))
SALT = Name("The Salt and Paper Collective", is_collective=True)
ORIGIN = Origin("Firth Gazette", date(2019, 3, 2), "https://firth.example/2019/tides/")


def by(authors, **fields):
    return replace(ARTICLE, authors=tuple(authors), **fields)


def numbered(count):
    return [Name(f"Anna Author{number}") for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (ONE, "Brook, A. (2021, September 4). "),
        (TWO, "Brook, A., & de la Croix, J.-P. (2021, September 4). "),
        (THREE, "Brook, A., de la Croix, J.-P., & King, M. L., Jr. (2021, September 4). "),
        ((SALT,), "The Salt and Paper Collective. (2021, September 4). "),
        ((Name("محمد عبد الله"),), "محمد عبد الله. (2021, September 4). "),
        (numbered(20), "Author19, A., & Author20, A. (2021"),
        (numbered(21), "Author18, A., Author19, A., . . . Author21, A. (2021"),
    ],
)
def test_apa_names_up_to_twenty_authors_by_family_name_and_initials(authors, said):
    assert said in plain(apa(by(authors)))


def test_apa_of_a_whole_reference():
    assert plain(apa(ARTICLE)) == (
        "Brook, A. (2021, September 4). Can the Tide Be Kept? The House Review. "
        "https://house.example/articles/tide/"
    )
    assert Run("The House Review", "title") in apa(ARTICLE)


def test_apa_begins_with_the_headline_where_nobody_signs():
    assert plain(apa(by(()))).startswith("Can the Tide Be Kept? (2021, September 4). The House")


def test_apa_names_translators_and_the_year_of_first_publication():
    carried = by(ONE, translators=(Name("Tess Lind"), Name("Ludwig van Beethoven")), origin=ORIGIN)
    assert plain(apa(carried)) == (
        "Brook, A. (2021, September 4). Can the Tide Be Kept? (T. Lind & L. van Beethoven, Trans.)."
        " The House Review. https://house.example/articles/tide/ (Original work published 2019)"
    )


def test_apa_without_a_date():
    assert "Brook, A. (n.d.). " in plain(apa(replace(ARTICLE, issued=None)))


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (ONE, "Brook, Ada. “"),
        (TWO, "Brook, Ada, and Jean-Paul de la Croix. “"),
        (THREE, "Brook, Ada, et al. “"),
        ((SALT,), "Salt and Paper Collective. “"),
        ((Name("Ludwig van Beethoven"),), "van Beethoven, Ludwig. “"),
        ((), "“Can the Tide"),
    ],
)
def test_mla_names_two_authors_and_turns_the_first_round(authors, said):
    assert plain(mla(by(authors))).startswith(said)


def test_mla_of_a_whole_reference():
    carried = by(ONE, translators=(Name("Tess Lind"),), origin=ORIGIN)
    assert plain(mla(carried)) == (
        "Brook, Ada. “Can the Tide Be Kept?” The House Review, translated by Tess Lind, "
        "4 Sept. 2021, house.example/articles/tide/. Accessed 24 Dec. 2021. "
        "Originally published in Firth Gazette, 2 Mar. 2019."
    )


@pytest.mark.parametrize(
    ("authors", "in_a_note", "in_a_bibliography"),
    [
        (ONE, "Ada Brook, “", "Brook, Ada. “"),
        (
            TWO,
            "Ada Brook and Jean-Paul de la Croix, “",
            "Brook, Ada, and Jean-Paul de la Croix. “",
        ),
        (
            THREE,
            "Ada Brook et al., “",
            "Brook, Ada, Jean-Paul de la Croix, and Martin Luther King Jr. “",
        ),
        (
            numbered(7),
            "Anna Author1 et al., “",
            "Author1, Anna, Anna Author2, Anna Author3, et al. “",
        ),
        ((Name("Ludwig van Beethoven"),), "Ludwig van Beethoven, “", "Beethoven, Ludwig van. “"),
        ((SALT,), "The Salt and Paper Collective, “", "The Salt and Paper Collective. “"),
        ((), "“Can the Tide Be Kept?,” The House", "The House Review. “"),
    ],
)
def test_chicago_names_two_authors_in_a_note_and_six_in_a_bibliography(
    authors, in_a_note, in_a_bibliography
):
    assert plain(chicago.note(by(authors))).startswith(in_a_note)
    assert plain(chicago.bibliography(by(authors))).startswith(in_a_bibliography)


def test_chicago_of_whole_references():
    carried = by(ONE, translators=(Name("Tess Lind"),), origin=ORIGIN)
    assert plain(chicago.note(carried)) == (
        "Ada Brook, “Can the Tide Be Kept?,” trans. Tess Lind, The House Review, "
        "September 4, 2021, https://house.example/articles/tide/; "
        "originally published in Firth Gazette, March 2, 2019."
    )
    assert plain(chicago.bibliography(carried)) == (
        "Brook, Ada. “Can the Tide Be Kept?” Translated by Tess Lind. The House Review, "
        "September 4, 2021. https://house.example/articles/tide/. "
        "Originally published in Firth Gazette, March 2, 2019."
    )


def test_quotation_marks_within_a_headline_are_single_ones():
    said = by(ONE, headline='The “Keeper” and the "Tide"')
    for style in (mla, chicago.note, chicago.bibliography):
        assert "“The ‘Keeper’ and the ‘Tide’" in plain(style(said))
    assert "The “Keeper” and" in plain(apa(said))


def test_the_name_of_a_publication_in_a_script_without_italics_stands_upright():
    assert Run("الضفاف", "words") in apa(replace(ARTICLE, container="الضفاف"))
