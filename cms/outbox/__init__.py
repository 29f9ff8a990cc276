"""Promised mail: written in the caller's transaction, delivered with retry, seen in the admin."""
