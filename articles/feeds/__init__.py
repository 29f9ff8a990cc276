"""Articles as feeds: a channel and its entries as plain data, and a renderer for each format."""
