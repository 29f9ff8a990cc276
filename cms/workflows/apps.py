"""Tells Django about the workflow library; it has templates and no tables of its own."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "cms.workflows"
    label = "workflows"
