"""A copy of an article for whoever may take it, in the formats that other newsrooms take."""
