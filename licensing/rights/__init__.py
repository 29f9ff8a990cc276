"""What may be done with a text, worked out from facts alone: pure Python, no Django, no queries."""
