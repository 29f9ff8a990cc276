"""The door of the counting pixel: one small picture for everybody, whether they are counted or not.

No cookie is set or read, no address is kept, and what is answered is the same for every key. It is
good for the rest of the day, so that whoever comes back today is not even asked for it again.
"""

import base64
import logging
from datetime import datetime, time, timedelta

from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.views.generic import View

from articles.addresses import site
from cms.limits.limits import address_of
from cms.secret_links import may_be_token
from licensing.actions.counting import count
from licensing.copies.addresses import NoAddress, host
from licensing.copies.readers import is_reading, shown_by, told_apart_by
from licensing.models import Pixel

logger = logging.getLogger(__name__)

# One transparent dot.
GIF = base64.b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


class PixelView(View):
    """``/count/<key>.gif``"""

    http_method_names = ["get", "head", "options"]

    def get(self, request, key):
        now = timezone.now()
        mark = f'"{timezone.localdate(now):%Y%m%d}"'
        if mark in request.headers.get("If-None-Match", ""):
            return _kept_for_today(HttpResponseNotModified(), mark, now)
        if request.method == "GET":
            self.count(request, key, now)
        response = HttpResponse(GIF, content_type="image/gif")
        response["Content-Length"] = str(len(GIF))
        return _kept_for_today(response, mark, now)

    def count(self, request, key: str, at: datetime) -> None:
        """Counts whoever reads; a page of somebody else's does not suffer when that fails."""
        told = {name.lower(): value for name, value in request.headers.items()}
        shown = shown_by(told)
        if not (is_reading(told) and may_be_token(key) and "\0" not in key) or shown == _ours():
            return
        try:
            if pixel := Pixel.objects.filter(key=key).first():
                reader = told_apart_by(address_of(request), told.get("user-agent", ""))
                count(pixel, host=shown, reader=reader, at=at)
        except DatabaseError:
            logger.exception("A reading was not counted.")


def _ours() -> str | None:
    try:
        return host(site())
    except NoAddress:
        return None


def _kept_for_today(response, mark: str, at: datetime):
    local = timezone.localtime(at)
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)
    seconds = max(1, int((midnight - local).total_seconds()))
    response["Cache-Control"] = f"private, max-age={seconds}"
    response["ETag"] = mark
    # Pages that let in no foreign pictures but those that say so let this one in.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
