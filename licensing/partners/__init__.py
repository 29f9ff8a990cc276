"""Feeds of single partners: what each is given, in four formats, and what is taken back again."""
