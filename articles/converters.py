"""How slugs of every script, years, months and endings of pictures stand in an address."""

from django.urls import register_converter

from articles.darkroom import MEDIA_TYPES
from articles.feeds.formats import FORMATS


class UnicodeSlugConverter:
    """A slug of letters of any script, digits, underscores and hyphens."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PictureEndingConverter:
    """The ending of a picture's copy."""

    regex = "|".join(MEDIA_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FeedFormatConverter:
    """The ending of a feed."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class YearConverter:
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{int(value):04}"


class MonthConverter:
    """A month of two digits."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{int(value):02}"


register_converter(UnicodeSlugConverter, "uslug")
register_converter(FeedFormatConverter, "feed_format")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(PictureEndingConverter, "picture_ending")
