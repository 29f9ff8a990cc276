"""A person's hands on a page: what a browser sends when a button of it is pressed."""

from bs4 import BeautifulSoup

from tests.browsing import page_of, standing


def press(client, response, button: str, typed: dict | None = None):
    """Presses the button with this label, with what was typed over the form that it is in.

    Follows where the answer leads.
    """
    page = page_of(response)
    found = [
        node
        for node in page.select("button, input[type=submit]")
        if button in (node.get_text(" ", strip=True), node.get("value", ""))
    ]
    assert found, f"no button “{button}” among {labels(page)}"
    node = found[0]
    form = node.find_parent("form") or page.find(id=node.get("form"))
    values = standing(form)
    if node.has_attr("name"):
        values[node["name"]] = node.get("value", "")
    for name, value in (typed or {}).items():
        assert name in values or form.select_one(f'[name="{name}"]'), f"no field “{name}”"
        values[name] = value
    here = response.request["PATH_INFO"]
    action = node.get("formaction") or form.get("action") or here
    if form.get("method", "get").lower() == "get":
        return client.get(action, values, follow=True)
    return client.post(action, values, follow=True)


def labels(page: BeautifulSoup) -> list[str]:
    """Every button's label."""
    return [
        node.get_text(" ", strip=True) or node.get("value", "")
        for node in page.select("button, input[type=submit]")
    ]
