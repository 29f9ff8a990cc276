"""What every listing of articles shares: the page of it that the address asks for."""

from django.http import Http404

from articles import paging


def listed(request, articles) -> paging.Page:
    """The page of ``articles`` that the address asks for. Raises Http404 for a made-up key."""
    try:
        return paging.page(articles, before=request.GET.get("before", ""))
    except paging.AddressIsWrong:
        raise Http404 from None
