"""Lists that are worked with: paging by key, filters, saved filters, moves of many, files."""
