"""How this site writes dates in English: day first, month in words."""
