"""The schema of the limits, step by step."""
