"""security.txt has what RFC 9116 requires, once."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from licensing.rights.security_txt import security_txt

ADDRESS = "https://house.example/.well-known/security.txt"
EXPIRES = datetime(2030, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))


def test_the_file_has_contact_expiry_languages_and_its_own_address():
    text = security_txt(["desk@house.example"], EXPIRES, ADDRESS, ["en", "de"])
    assert text.splitlines() == [
        "Contact: mailto:desk@house.example",
        "Expires: 2030-01-01T00:00:00Z",
        "Preferred-Languages: en, de",
        f"Canonical: {ADDRESS}",
    ]


@pytest.mark.parametrize(
    ("contacts", "expires"),
    [([], EXPIRES), (["not an address"], EXPIRES), (["a@b.example"], EXPIRES.replace(tzinfo=None))],
)
def test_without_contact_or_zone_there_is_no_file(contacts, expires):
    with pytest.raises(ValueError, match="contact"):
        security_txt(contacts, expires, ADDRESS)


def test_no_value_adds_a_line():
    text = security_txt(
        ["desk@house.example", "https://house.example/x\r\nContact: mailto:evil@example"],
        datetime(2030, 1, 1, tzinfo=UTC),
        ADDRESS,
        ["en\r\nContact: x"],
    )
    assert sum(line.startswith("Contact:") for line in text.splitlines()) == 2
