"""The demo newsroom: people, articles and pictures of our own, loaded by ``manage.py demo``."""
