"""What the templates of the lists ask."""
