"""State machines as data: a table that verbs, buttons, permissions, tests and diagrams read."""
