"""The date formats of each language."""
