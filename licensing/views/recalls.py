"""The doors of holders of copies: what was changed in the text they hold, and what they did."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View

from articles.models import Publication
from cms.secret_pages import keep_secret
from licensing import letter_texts, recall_letters
from licensing.actions import recalls
from licensing.models import RecalledCopy, RequestLink
from licensing.recall_pages import RecallPage, recall_page
from licensing.views.requests import SecretView


class RecalledCopyView(SecretView):
    """``/permissions/<token>/changes/<number>/``: GET shows, POST says what was done."""

    def get(self, request, link: RequestLink, number: int):
        return _shown(request, self.page(link, number))

    def post(self, request, link: RequestLink, number: int):
        return _answered(request, self.page(link, number))

    def page(self, link: RequestLink, number: int) -> RecallPage:
        rows = _copies().filter(grant__permission_request=link.permission_request)
        copy = rows.filter(pk=number).first()
        if copy is None:
            raise Http404
        token = self.kwargs["token"]
        return recall_page(copy, token=token, expires_at=link.expires_at, at=timezone.now())


class RecalledPartnerView(View):
    """``/partners/<token>/changes/<number>/``: the same for a partner, in the language of its
    letter. A link that has ended answers 410.
    """

    http_method_names = ["get", "head", "post", "options"]

    @method_decorator(sensitive_variables("token"))
    def dispatch(self, request, *args, token: str, number: int, **kwargs):
        copy = _copies().filter(partner__isnull=False, told_at__isnull=False, pk=number).first()
        if copy is None or not recall_letters.is_token_of(copy, token):
            raise Http404
        language = letter_texts.language_of(copy.partner.language)
        with translation.override(language):
            response = self.spoken(request, copy)
        response["Content-Language"] = language
        keep_secret(response)
        return response

    def spoken(self, request, copy: RecalledCopy) -> HttpResponse:
        at, expires_at = timezone.now(), copy.told_at + recall_letters.LASTS
        if expires_at <= at:
            house = Publication.objects.filter(is_house=True).first()
            return render(request, "licensing/permission_closed.html", {"house": house}, status=410)
        return super().dispatch(request, recall_page(copy, expires_at=expires_at, at=at))

    def get(self, request, page: RecallPage):
        return _shown(request, page)

    def post(self, request, page: RecallPage):
        return _answered(request, page)


def _copies():
    rows = RecalledCopy.objects.select_related("recall__article", "recall__image", "revision")
    return rows.select_related("grant", "partner")


def _answered(request, page: RecallPage):
    answer = request.POST.get("answer", "")
    if answer not in {name for name, _label in page.said.answers}:
        return _shown(request, page, status=400)
    # Answered twice: the first answer stands, and the page says which.
    recalls.answer(page.copy, answer=answer)
    return redirect(f"{request.path}#answered")


def _shown(request, page: RecallPage, *, status: int = 200):
    house = Publication.objects.filter(is_house=True).first()
    context = {"page": page, "house": house}
    return render(request, "licensing/recalled_copy.html", context, status=status)
