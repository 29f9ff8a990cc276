"""The door to a picture's copies."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.generic import View

from articles.darkroom import MEDIA_TYPES, rendition_path
from articles.models import Image
from articles.views.files import A_SHORT_WHILE


class PictureView(View):
    """A copy of a picture, for whoever may see the picture: the public, or the newsroom."""

    def get(self, request, key, version, width, extension):
        image = Image.objects.filter(key=key).first()
        known = image is not None and image.renditions.get("version") == version
        if not known or width not in image.renditions["widths"]:
            raise Http404
        if Image.objects.public().filter(pk=image.pk).exists():
            cache_control = A_SHORT_WHILE
        elif request.user.has_perm("articles.view_image"):
            cache_control = "private, no-store"
        else:
            raise Http404
        try:
            copy = default_storage.open(rendition_path(image, version, width, extension))
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(copy, content_type=MEDIA_TYPES[extension])
        response["Cache-Control"] = cache_control
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
