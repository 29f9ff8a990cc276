"""Tells Django about rich text; it has template tags and no tables of its own."""

from django.apps import AppConfig


class RichTextConfig(AppConfig):
    name = "cms.richtext"
    label = "richtext"
