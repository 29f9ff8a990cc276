"""What is done with rights: verbs, with who does it and when as keywords."""
