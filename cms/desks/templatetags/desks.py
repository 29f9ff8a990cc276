"""What the templates of the lists ask."""

from django import template

register = template.Library()


@register.simple_tag
def steps(spec, changelist) -> dict:
    """The links of a filter by days."""
    return spec.steps(changelist)
