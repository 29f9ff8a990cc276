"""Whether copies elsewhere are in order: fetched, read, held against what is owed, recorded."""
