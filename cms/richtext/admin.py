"""The rich text editor on an admin page: its import map gets the page's CSP nonce."""

from js_asset import Media


def with_nonce(media, request):
    """The media of a form, its one inline script (the import map) allowed on this page.

    Reading ``request.csp_nonce`` is what makes the CSP middleware announce it.
    """
    return Media.from_media(media).with_nonce(str(request.csp_nonce))


class RichTextAdminMixin:
    """For a ModelAdmin whose form, or whose inlines, hold a RichTextField."""

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)
