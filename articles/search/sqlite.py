"""The index in SQLite: FTS5 over our own tokens, read newest first. The only SQL for SQLite."""

from collections.abc import Iterable

from django.db import connection

from articles.search.asked import Asked, Clause, Tokens


def write(written: Iterable[tuple]) -> None:
    """Makes entries, which are saved, answer to the tokens of their documents."""
    rows = [(entry.place, document.everything, document.head) for entry, document in written]
    with connection.cursor() as cursor:
        for table, column in (("text", 1), ("head", 2)):
            # Django's flush does not know these tables: what it left behind is written over.
            cursor.executemany(
                f"INSERT OR REPLACE INTO articles_search_{table}(rowid, words) VALUES (%s, %s)",  # noqa: S608
                [[row[0], " ".join(row[column])] for row in rows],
            )


def forget(places: list[int]) -> None:
    """The entries at these places answer to nothing any more."""
    with connection.cursor() as cursor:
        for table in ("text", "head"):
            cursor.executemany(
                f"DELETE FROM articles_search_{table} WHERE rowid = %s",  # noqa: S608
                [[place] for place in places],
            )


def sweep() -> None:
    """Throws away what belongs to no entry: SQLite keeps it when Django deletes behind our back."""
    with connection.cursor() as cursor:
        for table in ("text", "head"):
            cursor.execute(
                f"DELETE FROM articles_search_{table} WHERE rowid NOT IN"  # noqa: S608
                " (SELECT place FROM articles_searchentry)"
            )


def find(asked: Asked, articles: tuple[str, tuple], *, limit: int, is_head: bool) -> list[tuple]:
    """The newest ``limit`` entries that match, as rows; see ``engine.find``.

    The index is read from its end, and each row asked whether its article is among ``articles``,
    until there are enough: a word that stands in a million texts costs no more than another.
    """
    sql, params = articles
    table = "articles_search_head" if is_head else "articles_search_text"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id, place, mark, headline, standfirst, names, frequent"  # noqa: S608
            f" FROM {table} CROSS JOIN articles_searchentry"
            f" ON articles_searchentry.place = {table}.rowid"
            f" WHERE {table} MATCH %s AND EXISTS ({sql})"
            f" ORDER BY {table}.rowid DESC LIMIT %s",
            [_expression(asked), *params, limit],
        )
        return cursor.fetchall()


def _expression(asked: Asked) -> str:
    wanted = " AND ".join(_either(clause) for clause in asked.wanted)
    excluded = " OR ".join(_either(clause) for clause in asked.excluded)
    return f"({wanted}) NOT ({excluded})" if excluded else wanted


def _either(clause: Clause) -> str:
    return f"({' OR '.join(map(_quoted, clause.everywhere()))})"


def _quoted(tokens: Tokens) -> str:
    """A phrase of FTS5; a token is of letters, digits and one @, which mean nothing there."""
    return f'"{" ".join(tokens)}"'


def spoken(marks: list[str], articles: tuple[str, tuple]) -> list[str]:
    """Those of ``marks`` under which there is one of ``articles``; see ``engine.spoken``."""
    sql, params = articles
    listed = ", ".join(["(%s)"] * len(marks))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked(mark) AS (VALUES {listed})"  # noqa: S608
            " SELECT mark FROM asked WHERE EXISTS (SELECT 1 FROM articles_searchentry"
            f" WHERE articles_searchentry.mark = asked.mark AND EXISTS ({sql}))",
            [*marks, *params],
        )
        return sorted(mark for (mark,) in cursor.fetchall())


def learn(keys: dict[int, list[str]]) -> None:
    """From now on these words (by key) are found by these deletions."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_search_key(rowid, words) VALUES (%s, %s)",
            [[pk, " ".join(words)] for pk, words in keys.items()],
        )


def alike(keys: list[str], *, limit: int) -> list[str]:
    """Words that share one of the deletions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM articles_search_key CROSS JOIN articles_searchword"
            " ON articles_searchword.id = articles_search_key.rowid"
            " WHERE articles_search_key MATCH %s LIMIT %s",
            [" OR ".join(f'"{key}"' for key in keys), limit],
        )
        return [word for (word,) in cursor.fetchall()]
