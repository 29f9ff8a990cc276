"""Following by mail: who asked for what, what came out since, and the digests that say it."""
