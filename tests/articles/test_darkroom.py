"""The copies of a picture: made once, credited, without a place, and gone when out of date."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pixels

from articles.darkroom import develop, open_smallest, picture, print_copy, rendition_path
from articles.imaging import renditions
from articles.imaging.credits import Credits, read, to_xmp
from tests.articles.imaging.pictures import jpeg, located
from tests.factories.articles import make_image, picture_file

ENDINGS = ("avif", "webp", "jpg")


def copies(image, made=None):
    """Names of the files that ``made`` (what a row says of its copies) promises."""
    made = made or image.renditions
    return [
        rendition_path(image, made["version"], width, ending)
        for width in made["widths"]
        for ending in ENDINGS
    ]


@pytest.mark.django_db
def test_a_picture_gets_copies_of_every_width_and_format_it_is_large_enough_for():
    image = make_image(file=picture_file(width=1000, height=500), width=1000, height=500)
    develop(image)
    assert image.renditions["widths"] == [320, 640, 960]
    for name in copies(image):
        with default_storage.open(name) as file, Pixels.open(file) as pixels:
            assert f"/{pixels.width}." in name


@pytest.mark.django_db
def test_a_picture_is_developed_once_for_each_thing_it_says(monkeypatch):
    image = make_image(developed=True)
    monkeypatch.setattr(renditions, "render", lambda *args: pytest.fail("rendered again"))
    before = dict(image.renditions)
    image.alt_text = "Another description"
    image.save()
    develop(image)
    assert image.renditions == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field",
    ["creator", "credit_line", "copyright_notice", "usage_terms", "source", "caption"],
)
def test_new_credits_make_new_copies_and_remove_the_old_ones(
    field, django_capture_on_commit_callbacks
):
    image = make_image(developed=True)
    former = dict(image.renditions)
    setattr(image, field, "Somebody else")
    image.save()
    with django_capture_on_commit_callbacks(execute=True):
        develop(image)
        assert all(default_storage.exists(name) for name in copies(image, former))
    assert image.renditions["version"] != former["version"]
    assert not any(default_storage.exists(name) for name in copies(image, former))
    assert all(default_storage.exists(name) for name in copies(image))
    image.refresh_from_db()
    assert image.renditions["version"] != former["version"]


@pytest.mark.django_db
def test_a_new_file_makes_new_copies():
    image = make_image(developed=True)
    former = dict(image.renditions)
    image.original.save("new.jpg", picture_file(width=320, height=200))
    develop(image)
    assert image.renditions["version"] != former["version"]
    assert image.renditions["widths"] == [320]


@pytest.mark.django_db
def test_a_first_development_removes_nothing(django_capture_on_commit_callbacks):
    image = make_image()
    with django_capture_on_commit_callbacks(execute=True):
        develop(image)
    assert all(default_storage.exists(name) for name in copies(image))


@pytest.mark.django_db
def test_what_failed_half_way_leaves_the_copies_that_were_there(monkeypatch):
    def one_and_a_fault(*args):
        yield from list(render(*args))[:1]
        raise MemoryError

    render = renditions.render
    image = make_image(developed=True)
    former = dict(image.renditions)
    monkeypatch.setattr(renditions, "render", one_and_a_fault)
    image.creator = "Somebody else"
    image.save()
    with pytest.raises(MemoryError):
        develop(image)
    image.refresh_from_db()
    assert image.renditions == former
    assert all(default_storage.exists(name) for name in copies(image))


@pytest.mark.django_db
def test_every_copy_says_who_made_it_and_none_says_where():
    original = jpeg((640, 480), exif=located())
    assert b"Fujikon" in original
    image = make_image(
        file=ContentFile(original, name="located.jpg"),
        height=480,
        creator="Zoë Müller",
        credit_line="Zoë Müller / Reporters",
        copyright_notice="© 2026 Zoë Müller",
        web_statement="https://example.org/rights/",
    )
    develop(image)
    for name in copies(image):
        with default_storage.open(name) as file:
            data = file.read()
        with Pixels.open(io.BytesIO(data)) as pixels:
            pixels.load()
            credits = read(pixels)
            assert not pixels.getexif()
        assert credits.creator == "Zoë Müller"
        assert credits.credit_line == "Zoë Müller / Reporters"
        assert credits.copyright_notice == "© 2026 Zoë Müller"
        assert credits.web_statement == "https://example.org/rights/"
        assert b"Fujikon" not in data


@pytest.mark.django_db
def test_a_picture_is_shown_with_addresses_measures_and_words(django_assert_num_queries):
    image = make_image(
        developed=True, file=picture_file(width=1400, height=700), width=1400, height=700
    )
    with django_assert_num_queries(0):
        shown = picture(image)
    assert (shown.width, shown.height) == (960, 480)
    assert shown.alt == "A red field"
    assert [kind for kind, _srcset in shown.sources] == ["image/avif", "image/webp"]
    assert shown.src.endswith("/960.jpg")
    assert [part.split()[1] for part in shown.srcset.split(", ")] == [
        "320w",
        "640w",
        "960w",
        "1280w",
    ]


@pytest.mark.django_db
def test_a_caption_for_this_place_goes_before_the_pictures_own():
    image = make_image(developed=True, caption="Its own")
    assert picture(image).caption == "Its own"
    assert picture(image, caption="Here").caption == "Here"


@pytest.mark.django_db
def test_a_picture_that_is_not_developed_is_not_shown_or_printed():
    image = make_image()
    assert picture(image) is None
    assert print_copy(image) is None


@pytest.mark.django_db
def test_paper_gets_the_largest_copy_up_to_its_width_and_lists_the_smallest():
    image = make_image(
        developed=True, file=picture_file(width=2000, height=500), width=2000, height=500
    )
    with Pixels.open(io.BytesIO(print_copy(image))) as pixels:
        assert (pixels.format, pixels.width) == ("JPEG", 1280)
    with open_smallest(image) as file, Pixels.open(file) as pixels:
        assert (pixels.format, pixels.width) == ("JPEG", 320)


@pytest.mark.django_db
def test_no_part_of_a_path_comes_from_outside():
    image = make_image(file=picture_file(name="../../etc/passwd;.jpg"))
    develop(image)
    assert image.original.name == f"originals/{image.key.hex[:2]}/{image.key.hex}.jpeg"
    for name in copies(image):
        assert name.startswith(f"renditions/{image.key.hex[:2]}/{image.key.hex}/")


@pytest.mark.django_db
def test_what_the_maker_forbids_machines_stands_in_every_copy():
    forbidden = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"
    said = Credits(data_mining=forbidden, licensor_url="https://example.org/ask/", creator="Other")
    image = make_image(
        file=ContentFile(jpeg((640, 480), xmp=to_xmp(said)), name="reserved.jpg"),
        height=480,
        creator="Zoë Müller",
    )
    develop(image)
    for name in copies(image):
        with default_storage.open(name) as file, Pixels.open(file) as pixels:
            pixels.load()
            credits = read(pixels)
        assert credits.data_mining == forbidden
        assert credits.licensor_url == "https://example.org/ask/"
        assert credits.creator == "Zoë Müller"
