"""The schema of the rights desk, step by step."""
