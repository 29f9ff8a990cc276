"""Links of the admin that ask a list something, with the question written into a template."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

LINK = re.compile(r"""{% url ['"](admin:\w+_changelist)['"] %}\?([^"'#]+)["'#]""")
# Whose lists a managing editor does not see.
OTHERS = {"admin:licensing_crosspost_changelist": "rights_manager"}
TEMPLATES = Path(settings.BASE_DIR) / "templates"
LINKS = sorted(
    {
        (name, re.sub(r"{{.*?}}", "1", asked).replace("&amp;", "&"))
        for page in TEMPLATES.rglob("*.html")
        for name, asked in LINK.findall(page.read_text())
    }
)


@pytest.mark.parametrize("link", LINKS, ids="?".join)
def test_a_list_understands_what_a_link_asks(client, people, link):
    name, asked = link
    client.force_login(people[OTHERS.get(name, "managing_editor")])
    assert client.get(f"{reverse(name)}?{asked}").status_code == 200
