"""The print edition: an article in, an accessible PDF out; knows no Django and no database."""
