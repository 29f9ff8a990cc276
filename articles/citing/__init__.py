"""Citing an article: facts in, references out, in the formats and styles that readers cite in.

Knows no Django and no rows.
"""
