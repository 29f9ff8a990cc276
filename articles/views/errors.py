"""What stands where there is nothing: the same for what is hidden and for what was never there."""

from django.shortcuts import render
from django.utils import timezone

from articles import guesses
from articles.models import Article
from cms.sitepolicy.texts import house_texts

NEWEST_SHOWN = 5


def not_found(request, exception=None):
    """404: what the address may have meant, a place to search, the newest articles.

    Whoever asks for a file reads nothing, and gets the page without what has to be looked up.
    """
    at = timezone.now()
    # ``request_path`` tells the switch of languages that there is no such page in any of them.
    context = {"texts": house_texts(at=at), "request_path": request.path}
    if guesses.asks_for_a_page(request.path_info):
        context |= {
            "guesses": guesses.guesses(request.path_info, at=at),
            "newest": Article.objects.live(at).for_cards().newest_first()[:NEWEST_SHOWN],
        }
    return render(request, "404.html", context, status=404)
