"""The index in PostgreSQL: columns beside the entry that no model knows. The only SQL for it."""

from collections.abc import Iterable

from django.db import connection

from articles.search.asked import Asked, Clause, Tokens
from articles.search.entries import GAP

FIRST_PLACE = -(2**63)
# PostgreSQL keeps so many places of one word in a text; those beyond stand under the word with a
# number, so that a phrase of common words is found at the end of a long text, too.
MOST_PLACES_OF_A_WORD = 255
NUMBERED = "#"


def write(written: Iterable[tuple]) -> None:
    """Makes entries, which are saved, answer to the tokens of their documents."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_searchentry SET words = %s::tsvector, head = %s::tsvector"
            " WHERE id = %s",
            [
                [_vector(document.everything), _vector(document.head), entry.pk]
                for entry, document in written
            ],
        )


def forget(places: list[int]) -> None:
    """Nothing to do: the tokens are in the entry's own row."""


def sweep() -> None:
    """Nothing to do: the tokens go with the entry's own row."""


def find(asked: Asked, articles: tuple[str, tuple], *, limit: int, is_head: bool) -> list[tuple]:
    """The newest ``limit`` entries that match, as rows; see ``engine.find``.

    The planner knows how common a word is: it reads either the index of words, or the entries
    from the newest until there are enough.
    """
    sql, params = articles
    column = "head" if is_head else "words"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id, place, mark, headline, standfirst, names, frequent"  # noqa: S608
            " FROM articles_searchentry"
            f" WHERE articles_searchentry.{column} @@ %s::tsquery AND EXISTS ({sql})"
            " ORDER BY place DESC LIMIT %s",
            [_expression(asked), *params, limit],
        )
        return cursor.fetchall()


def _vector(tokens: list[str]) -> str:
    """A tsvector as it is written: each token with its places."""
    places: dict[str, list[str]] = {}
    for position, word in enumerate(tokens, start=1):
        if word != GAP:
            places.setdefault(word, []).append(str(position))
    return " ".join(
        f"'{word}{NUMBERED if start else ''}{start or ''}':"
        + ",".join(found[start : start + MOST_PLACES_OF_A_WORD])
        for word, found in places.items()
        for start in range(0, len(found), MOST_PLACES_OF_A_WORD)
    )


def _expression(asked: Asked) -> str:
    wanted = " & ".join(_either(clause) for clause in asked.wanted)
    excluded = " | ".join(_either(clause) for clause in asked.excluded)
    return f"({wanted}) & !({excluded})" if excluded else wanted


def _either(clause: Clause) -> str:
    return f"({' | '.join(map(_quoted, clause.everywhere()))})"


def _quoted(tokens: Tokens) -> str:
    """A phrase of tsquery; a token is of letters, digits and one @, which mean nothing there."""
    if len(tokens) == 1:
        return f"'{tokens[0]}'"
    return "(" + " <-> ".join(f"('{word}' | '{word}{NUMBERED}':*)" for word in tokens) + ")"


def spoken(marks: list[str], articles: tuple[str, tuple]) -> list[str]:
    """Those of ``marks`` under which there is one of ``articles``; see ``engine.spoken``."""
    sql, params = articles
    listed = ", ".join(["(%s)"] * len(marks))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked(mark) AS (VALUES {listed})"  # noqa: S608
            # Of each mark the next entry in the order of an index. Asked for entries of the mark
            # itself, the planner takes one that it has seen everywhere for one it finds at once.
            " SELECT mark FROM asked WHERE mark = (SELECT articles_searchentry.mark"
            " FROM articles_searchentry"
            " WHERE (articles_searchentry.mark, place) >= (asked.mark, %s)"
            f" AND EXISTS ({sql}) ORDER BY articles_searchentry.mark, place LIMIT 1)",
            [*marks, FIRST_PLACE, *params],
        )
        return sorted(mark for (mark,) in cursor.fetchall())


def learn(keys: dict[int, list[str]]) -> None:
    """From now on these words (by key) are found by these deletions."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_searchword SET keys = %s WHERE id = %s",
            [[words, pk] for pk, words in keys.items()],
        )


def alike(keys: list[str], *, limit: int) -> list[str]:
    """Words that share one of the deletions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM articles_searchword WHERE keys && %s::text[] LIMIT %s",
            [keys, limit],
        )
        return [word for (word,) in cursor.fetchall()]
