"""Names taken apart as references sort them, and left alone where nobody can know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.citing import names
from articles.citing.citation import Name


@pytest.mark.parametrize(
    ("name", "inverted", "initialled", "straight"),
    [
        ("Ada Brook", "Brook, Ada", "Brook, A.", "Ada Brook"),
        ("Jean-Paul Sartre", "Sartre, Jean-Paul", "Sartre, J.-P.", "Jean-Paul Sartre"),
        ("J.R.R. Tolkien", "Tolkien, J.R.R.", "Tolkien, J. R. R.", "J.R.R. Tolkien"),
        ("J.-P. Sartre", "Sartre, J.-P.", "Sartre, J.-P.", "J.-P. Sartre"),
        ("Vincent van Gogh", "van Gogh, Vincent", "van Gogh, V.", "Vincent van Gogh"),
        ("Robert De Niro", "De Niro, Robert", "De Niro, R.", "Robert De Niro"),
        ("Maria de la Cruz", "de la Cruz, Maria", "de la Cruz, M.", "Maria de la Cruz"),
        ("José Ortega y Gasset", "Ortega y Gasset, José", "Ortega y Gasset, J.",
         "José Ortega y Gasset"),
        ("Hala al-Nabulsi", "al-Nabulsi, Hala", "al-Nabulsi, H.", "Hala al-Nabulsi"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr.", "King, M. L., Jr.",
         "Martin Luther King Jr."),
        ("Elif Şafak", "Şafak, Elif", "Şafak, E.", "Elif Şafak"),
        ("García Márquez, Gabriel", "García Márquez, Gabriel", "García Márquez, G.",
         "Gabriel García Márquez"),
        ("de Gaulle", "de Gaulle", "de Gaulle", "de Gaulle"),
        ("Subcomandante", "Subcomandante", "Subcomandante", "Subcomandante"),
        ("毛泽东", "毛泽东", "毛泽东", "毛泽东"),
        ("Лев Толстой", "Лев Толстой", "Лев Толстой", "Лев Толстой"),
        ("محمد عبد الله", "محمد عبد الله", "محمد عبد الله", "محمد عبد الله"),
        ("a, b, c", "a, b, c", "a, b, c", "a, b, c"),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_a_name_is_taken_apart_where_its_parts_are_known(name, inverted, initialled, straight):
    one = Name(name)
    assert names.inverted(one, keeps_particle=True) == inverted
    assert names.initialled(one) == initialled
    assert names.straight(one) == straight


def test_a_particle_may_stand_behind():
    assert names.inverted(Name("Ludwig van Beethoven"), keeps_particle=False) == (
        "Beethoven, Ludwig van"
    )


def test_a_collective_is_never_taken_apart():
    assert names.initialled(Name("Salt and Paper", is_collective=True)) == "Salt and Paper"


@given(st.text())
def test_no_name_breaks_it_and_no_letter_is_lost(text):
    found = names.straight(Name(text))
    assert "\n" not in found
    letters = sorted(sign for sign in text if sign.isalpha())
    assert sorted(sign for sign in found if sign.isalpha()) == letters
