"""The page on which an order is arranged: the front page's, or a report's.

The page carries the order that its editor is making; every button posts all of it, and nothing
changes for readers before it is saved. So each button works without script; with script a card is
dragged or moved by keys.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import Script
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import languages
from articles.admin.forms import MomentField
from articles.arranging import MOST_PLACES, OrderChanged
from articles.models import Article
from articles.orders import merged, once, shifted
from articles.suggestions import Suggested
from cms.choosers import KeySelect, is_key
from cms.workflows.actions import MoveNotAllowed

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class State:
    """How a card's article stands towards readers: a word, and the class of its pill."""

    label: str
    kind: str


@dataclass(frozen=True)
class OrderCard:
    """An article in its place, with what may be typed on its card."""

    article: Article
    place: int
    state: State
    window: forms.Form | None = None
    # The button that was pressed, which keeps the focus.
    focus: str = ""
    begins: datetime | None = None
    ends: datetime | None = None


class PreviewForm(forms.Form):
    """For which moment, and in which language, a preview is made."""

    moment = MomentField(label=gettext_lazy("As on"), required=False, help_text="")
    language = forms.ChoiceField(label=gettext_lazy("language"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, languages.in_itself(code)) for code, _name in settings.LANGUAGES
        ]


class OrderDesk(ABC):
    """One request to arrange an order, and its answer."""

    template = "admin/articles/arranging/desk.html"
    media = forms.Media(
        css={"all": ["newsroom/admin.css", "newsroom/order.css"]},
        js=[Script("newsroom/order.js", type="module")],
    )
    # What holds an article in the order: its rights are asked, its field completes.
    entries: type
    has_windows = False
    adds_in_front = False
    preview_asks_language = False
    saved = gettext_lazy("The order is saved.")

    def __init__(self, admin, request, *, title: str, **shown):
        self.admin, self.request, self.title, self.shown = admin, request, title, shown
        self.at = timezone.now()
        self.reasons: list[str] = []
        self.said, self.pressed = "", ("", 0)

    # What each order says for itself.

    @abstractmethod
    def standing(self) -> list[str]:
        """The order as it stands, each place as a word that begins with the article's key."""

    @abstractmethod
    def arrange(self, keys: list[int], seen: list[str]) -> None:
        """Saves the order of ``keys``, and notes who did."""

    @abstractmethod
    def state(self, article: Article, window) -> State:
        """How ``article`` stands in this place."""

    @abstractmethod
    def offers(self) -> list[Suggested]:
        """What may be added by a click."""

    @abstractmethod
    def preview(self, *, at, language: str):
        """The readers' page with the order that was posted."""

    def window(self, key: int, token: str) -> forms.Form | None:
        """The fields on the card of an article, where there are any."""
        return None

    def times(self, window) -> tuple[datetime | None, datetime | None]:
        """From when and until when the article is in this place."""
        return None, None

    # The answer.

    def answer(self):
        """The page, the preview, or the way back to the page once the order is saved."""
        if self.request.method != "POST":
            return self._page(self.standing())
        if not self.may("change"):
            raise PermissionDenied
        self._read()
        what, _dash, key = self.request.POST.get("do", "").partition("-")
        if what == "preview":
            answer = self._previewed()
        elif what == "save":
            answer = self._saved()
        else:
            answer = self._act(what, key)
        return answer or self._page(self.seen)

    def may(self, action: str) -> bool:
        """Whether whoever asks may do this to the places of the order."""
        name = self.entries._meta.model_name
        return self.request.user.has_perm(f"articles.{action}_{name}")

    def _read(self) -> None:
        posted = self.request.POST
        self.seen = [token for token in posted.getlist("seen") if key_of(token)]
        seen = dict(zip(map(key_of, self.seen), self.seen, strict=True))
        self.keys = once(int(key) for key in posted.getlist("article") if is_key(key))
        self.windows = {key: self.window(key, seen.get(key, "")) for key in self.keys}

    def _page(self, seen: list[str]):
        if not hasattr(self, "keys"):
            self.keys, self.seen = [key_of(token) for token in seen], seen
            self.windows = {key_of(token): self.window(key_of(token), token) for token in seen}
        visible = Article.objects.visible_to(self.request.user).defer("body")
        articles = visible.select_related("featured_image").in_bulk(self.keys[: MOST_PLACES + 1])
        self.keys = [key for key in self.keys if key in articles]
        cards = [self._card(articles[key], place) for place, key in enumerate(self.keys, start=1)]
        chosen = _Chosen(self.entries._meta.get_field("article"), self.admin.admin_site)
        preview = PreviewForm(self.request.POST if "moment" in self.request.POST else None)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": self.title,
            "desk": self,
            "cards": cards,
            "offers": self._offered() if self.may("add") else [],
            "may_change": self.may("change"),
            "may_add": self.may("add"),
            "may_delete": self.may("delete"),
            "may_preview": self.request.user.has_perm("articles.view_every_article"),
            "chosen": chosen,
            "preview": preview,
            "is_changed": self._is_changed(),
            "media": self.media + chosen.media,
            **self.shown,
        }
        return TemplateResponse(self.request, self.template, context)

    def _card(self, article: Article, place: int) -> OrderCard:
        window = self.windows.get(article.pk)
        what, key = self.pressed
        focus = what if key == article.pk else ""
        state = self.state(article, window)
        return OrderCard(article, place, state, window, focus, *self.times(window))

    def _offered(self) -> list[dict]:
        """What may be added, with a pill for what readers do not see yet."""
        return [
            {
                "article": offer.article,
                "shares": offer.shares,
                "state": None
                if offer.article.is_live(self.at)
                else self.state(offer.article, None),
            }
            for offer in self.offers()
        ]

    def _is_changed(self) -> bool:
        typed = any(form.has_changed() for form in self.windows.values() if form)
        return typed or self.keys != [key_of(token) for token in self.seen]

    # What the buttons do.

    def _act(self, what: str, key: str) -> None:
        key = self.request.POST.get("chosen", "") if key == "chosen" else key
        if not is_key(key):
            self.reasons = [_("Please choose an article first.")] if what == "add" else []
            return
        key = int(key)
        article = Article.objects.visible_to(self.request.user).filter(pk=key).first()
        if what == "add" and self.may("add"):
            self._add(key, article)
        elif article and key in self.keys and what in STEPS:
            self.keys = shifted(self.keys, key, STEPS[what])
            told = {"place": self.keys.index(key) + 1, "count": len(self.keys)}
            self.said = _("Place %(place)d of %(count)d.") % told
            self.pressed = what, key
        elif article and key in self.keys and what == "off":
            self.keys.remove(key)
            self.said = _("“%(article)s” is off the list.") % {"article": article}

    def _add(self, key: int, article: Article | None) -> None:
        if article is None:
            self.reasons = [_("One of these articles is not there any more.")]
        elif key in self.keys:
            self.reasons = [_("“%(article)s” is on the list already.") % {"article": article}]
        elif len(self.keys) >= MOST_PLACES:
            told = {"number": MOST_PLACES}
            self.reasons = [_("No more than %(number)d articles can be put in order.") % told]
        else:
            self.keys.insert(0 if self.adds_in_front else len(self.keys), key)
            self.windows.setdefault(key, self.window(key, ""))
            self.said = _("“%(article)s” is on the list.") % {"article": article}

    def _saved(self):
        if not all(form is None or form.is_valid() for form in self.windows.values()):
            self.reasons = [_("Please correct the times below.")]
            return None
        try:
            with transaction.atomic():
                self.arrange(self.keys, self.seen)
        except OrderChanged as refusal:
            self._catch_up()
            self.reasons = [
                *refusal.reasons,
                _("Your order is below. Look it over and save again."),
            ]
        except MoveNotAllowed as refusal:
            self.reasons = refusal.reasons
        except IntegrityError:
            self._catch_up()
            self.reasons = [_("A colleague has saved another order meanwhile.")]
        else:
            messages.success(self.request, self.saved)
            return HttpResponseRedirect(self.request.path)
        return None

    def _catch_up(self) -> None:
        """Takes what a colleague has saved meanwhile as seen; the editor's own order stays."""
        now = self.standing()
        keys = [key_of(token) for token in now]
        self.keys = merged(self.keys, seen=[key_of(token) for token in self.seen], now=keys)
        for token in now:
            self.windows.setdefault(key_of(token), self.window(key_of(token), token))
        self.seen = now

    def _previewed(self):
        if not self.request.user.has_perm("articles.view_every_article"):
            raise PermissionDenied
        form = PreviewForm(self.request.POST)
        if not form.is_valid():
            self.reasons = [message for errors in form.errors.values() for message in errors]
            return None
        language = form.cleaned_data["language"] or settings.LANGUAGE_CODE
        response = self.preview(at=form.cleaned_data["moment"] or self.at, language=language)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response


class _Chosen(forms.Form):
    """Finds any article that the editor may see."""

    def __init__(self, field, site):
        super().__init__(auto_id="id_%s")
        self.fields["chosen"] = forms.ModelChoiceField(
            Article.objects.none(),
            label=_("Find an article"),
            required=False,
            widget=_Finder(field, site),
        )


class _Finder(KeySelect):
    """Says in the empty field what it looks for; a field without a word has no name aloud."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs=extra_attrs)
        return attrs | {"data-placeholder": _("Find an article")}


def key_of(token: str) -> int | None:
    """The article's key in a word for a place."""
    key = token.partition("|")[0]
    return int(key) if is_key(key) else None
