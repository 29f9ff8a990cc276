"""How much waits on the rights desk, for the first page of the admin."""

from django import template

from licensing.admin.request_queue import tabs

register = template.Library()


@register.simple_tag(takes_context=True)
def queue_of_requests(context) -> list[dict]:
    """What is open with a link to exactly these rows; nothing for whoever may not see them."""
    request = context["request"]
    if not request.user.has_perm("licensing.view_permissionrequest"):
        return []
    return [tab for tab in tabs(request) if tab["count"] is not None]
