"""Template tags of rich text."""
