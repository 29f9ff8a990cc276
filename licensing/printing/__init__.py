"""The papers of the rights desk as PDF: facts in, bytes out; knows no Django and no database."""
