"""In which language a page speaks: that of its address; in the newsroom, that of the browser.

Readers get no cookie and no page that depends on anything but its address, so that a shared cache
may keep it. A view may still choose for itself: an article's page speaks the article's language.
"""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

# Its address is a contract; asked of the list of addresses, every site would need an admin.
NEWSROOM = "/admin/"


class LanguageOfTheAddress:
    """Middleware: ``/fr/…`` is French, the newsroom follows the browser, the rest is the site's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_newsroom = request.path_info.startswith(NEWSROOM)
        if is_newsroom:
            language = translation.get_language_from_request(request)
        else:
            language = translation.get_language_from_path(request.path_info)
        with translation.override(language or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if is_newsroom:
            patch_vary_headers(response, ["Accept-Language"])
        return response
