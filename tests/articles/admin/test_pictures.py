"""The picture desk: a picture comes in whole with its credits, or not at all."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import darkroom
from articles.imaging.credits import Credits, to_xmp
from articles.models import Image
from tests.articles.imaging.pictures import jpeg, painted, png
from tests.browsing import complaints, filled
from tests.factories.articles import make_image
from tests.factories.stages import make_article_at

ADD = "/admin/articles/image/add/"
EXAMINE = "/admin/articles/image/examine/"
IN_THE_FILE = Credits(
    creator="Jane Doe",
    credit_line="Jane Doe / Agency",
    copyright_notice="© 2026 Jane Doe",
    usage_terms="Ask first.",
    source="Agency",
    caption="A river, seen from above",
    web_statement="https://agency.example/terms",
)


def upload(data, name="river.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def with_credits(credits):
    out = io.BytesIO()
    painted().save(out, "JPEG", xmp=to_xmp(credits))
    return out.getvalue()


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def contributor(people, client):
    client.force_login(people["contributor"])
    return client


def sent(client, data, name="river.jpg", **typed):
    page = client.get(ADD)
    return client.post(
        ADD, filled(page, alt_text="A river") | typed | {"original": upload(data, name)}
    )


def test_a_picture_comes_in_with_its_original_its_copies_and_who_brought_it(
    contributor, people, settings
):
    data = jpeg()
    answer = sent(contributor, data)
    assert answer.status_code == 302
    image = Image.objects.get()
    assert image.uploaded_by == people["contributor"]
    assert (image.width, image.height, image.file_format) == (640, 480, "JPEG")
    assert image.original.read() == data
    image.original.close()
    assert image.renditions["widths"] == [320, 640]
    assert len(files(settings)) == 1 + 2 * len(darkroom.MEDIA_TYPES)


def test_the_name_of_the_file_leaves_no_trace(contributor, settings):
    sent(contributor, jpeg(), "../../../etc/cron.d/<script>.jpg")
    stored = " ".join(str(path.relative_to(settings.MEDIA_ROOT)) for path in files(settings))
    for part in ("..", "etc", "script", "cron"):
        assert part not in stored


def test_credits_in_the_file_fill_what_was_left_empty_and_typed_ones_win(contributor):
    sent(contributor, with_credits(IN_THE_FILE), creator="John Roe", caption="Typed")
    image = Image.objects.get()
    assert (image.creator, image.caption) == ("John Roe", "Typed")
    for name in ("credit_line", "copyright_notice", "usage_terms", "source", "web_statement"):
        assert getattr(image, name) == getattr(IN_THE_FILE, name)


@pytest.mark.parametrize(
    "said",
    [
        {"creator": "two\nlines"},
        {"creator": "turned \u202e round"},
        {"credit_line": "x" * 5000},
        {"caption": "bell \x07 <script>alert(1)</script>"},
        {"web_statement": "javascript:alert(1)"},
        {"web_statement": "https://e.example/\u202egnp.exe"},
        {"web_statement": "https://" + "x" * 5000},
        {"source": "a\u2028b\x85c"},
    ],
)
def test_whatever_a_file_says_of_itself_it_can_be_brought_in(contributor, said):
    answer = sent(contributor, with_credits(Credits(**said)))
    assert answer.status_code == 302, complaints(answer)
    image = Image.objects.get()
    for name in said:
        value = getattr(image, name)
        assert len(value) <= Image._meta.get_field(name).max_length
        assert not {"\n", "\x07", "\u202e", "\x85"} & set(value)
        assert "javascript:" not in value


NO_PICTURES = {
    "text": b"This is no picture at all.",
    "nothing": b"",
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "cut off": jpeg()[:4000],
    "head only": jpeg()[:200],
    "200 megapixels": png(20_000, 10_000, pixels=b""),
    "endless side": png(2_000_000_000, 1, pixels=b""),
    "zip behind it": jpeg() + b"PK\x03\x04" + b"x" * 100 + b"PK\x05\x06" + b"\0" * 18,
}


@pytest.mark.parametrize("kind", NO_PICTURES)
@pytest.mark.parametrize("name", ["river.jpg", "river.png"])
def test_what_is_no_picture_is_refused_in_words_and_leaves_nothing(
    contributor, settings, kind, name
):
    answer = sent(contributor, NO_PICTURES[kind], name, caption="Typed with care")
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["original"]
    assert all(" " in sentence for sentence in complaints(answer))
    assert "Typed with care" in answer.content.decode()
    assert not Image.objects.exists()
    assert files(settings) == []


@pytest.mark.parametrize("name", ["alt_text", "caption", "credit_line", "creator", "source"])
@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e"], ids=["NUL", "bell", "override"])
def test_invisible_signs_are_refused_and_the_picture_is_not_kept(contributor, settings, name, sign):
    answer = sent(contributor, jpeg(), **{name: f"a{sign}b"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors[name]
    assert not Image.objects.exists()
    assert files(settings) == []


def test_a_picture_needs_words_for_those_who_cannot_see_it(contributor, settings):
    assert sent(contributor, jpeg(), alt_text="").status_code == 200
    assert not Image.objects.exists()
    assert files(settings) == []


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_failure_in_the_darkroom_leaves_neither_row_nor_file(
    contributor, settings, monkeypatch, after
):
    render = darkroom.renditions.render

    def fails(*args, **kwargs):
        for place, rendition in enumerate(render(*args, **kwargs)):
            if place == after:
                raise OSError("No space left on the device.")
            yield rendition

    monkeypatch.setattr(darkroom.renditions, "render", fails)
    contributor.raise_request_exception = False
    assert sent(contributor, jpeg()).status_code == 500
    assert not Image.objects.exists()
    assert files(settings) == []


def test_new_credits_are_written_into_new_copies_and_the_file_is_never_exchanged(
    people, client, django_capture_on_commit_callbacks
):
    image = make_image(developed=True)
    original, version = image.original.name, image.renditions["version"]
    client.force_login(people["editor"])
    url = reverse("admin:articles_image_change", args=[image.pk])
    typed = filled(client.get(url), creator="Somebody else") | {"original": upload(jpeg())}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, typed).status_code == 302
    image.refresh_from_db()
    assert (image.creator, image.original.name) == ("Somebody else", original)
    assert image.renditions["version"] != version


def test_a_picture_that_is_thrown_away_takes_its_files_along(
    people, client, settings, django_capture_on_commit_callbacks
):
    image = make_image(developed=True)
    client.force_login(people["managing_editor"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    assert not Image.objects.exists()
    assert files(settings) == []


# --- looking before saving --------------------------------------------------------------------


def test_a_look_at_a_file_says_what_it_is_and_keeps_nothing(contributor, settings):
    answer = contributor.post(EXAMINE, {"original": upload(with_credits(IN_THE_FILE))})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    assert (said["width"], said["height"], said["format"]) == (640, 480, "JPEG")
    assert said["credits"]["creator"] == "Jane Doe"
    assert not Image.objects.exists()
    assert files(settings) == []


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_a_look_at_what_is_no_picture_is_answered_with_reasons(contributor, kind):
    answer = contributor.post(EXAMINE, {"original": upload(NO_PICTURES[kind])})
    assert answer.status_code == 400
    assert answer.json()["reasons"]


def test_a_look_at_nothing_asks_for_a_picture(contributor):
    answer = contributor.post(EXAMINE)
    assert (answer.status_code, answer.json()["reasons"]) == (400, ["Choose a picture."])
    assert contributor.get(EXAMINE).status_code == 405


@pytest.mark.parametrize("role", ["rights_desk", "rights_manager"])
def test_who_brings_no_pictures_is_not_told_about_files(people, client, role):
    client.force_login(people[role])
    assert client.post(EXAMINE, {"original": upload(jpeg())}).status_code == 403


# --- who sees what ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["original", "small"])
def test_originals_and_small_views_are_for_the_newsroom(people, client, page):
    image = make_image(developed=True)
    url = reverse(f"admin:articles_image_{page}", args=[image.pk])
    assert client.get(url)["Location"].startswith("/admin/login/")
    for role in ("contributor", "rights_desk"):
        client.force_login(people[role])
        answer = client.get(url)
        assert answer.status_code == 200
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert b"".join(answer.streaming_content)
    people["editor"].groups.clear()
    client.force_login(people["editor"])
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("page", ["original", "small"])
def test_a_picture_that_is_not_there_is_unknown(people, client, page):
    client.force_login(people["admin"])
    for key in ("4711", "99999999999999999999999"):
        assert client.get(f"/admin/articles/image/{key}/{page}/").status_code == 404


def test_a_picture_without_copies_has_no_small_view_and_breaks_no_page(people, client):
    image = make_image()
    client.force_login(people["admin"])
    assert client.get(reverse("admin:articles_image_small", args=[image.pk])).status_code == 404
    assert client.get("/admin/articles/image/").status_code == 200
    assert client.get(reverse("admin:articles_image_change", args=[image.pk])).status_code == 200


def test_a_picture_that_the_public_sees_is_not_deleted(people, client):
    image = make_image(developed=True)
    make_article_at("published", people=people, featured_image=image)
    client.force_login(people["admin"])
    url = reverse("admin:articles_image_delete", args=[image.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert Image.objects.exists()
