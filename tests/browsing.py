"""What a browser would send back of a form it was shown, with what somebody typed over it."""

from bs4 import BeautifulSoup


def filled(response, **typed) -> dict:
    """Every field of the admin's form in ``response`` as it stands, then ``typed`` over it."""
    form = BeautifulSoup(response.content, "html.parser").select_one("form[id$=_form]")
    values: dict = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name = field["name"]
        if "__prefix__" in name or field.get("type") in ("submit", "file", "button"):
            continue
        if field.name == "select":
            chosen = [option["value"] for option in field.select("option[selected]")]
            first = field.select_one("option")
            if field.has_attr("multiple"):
                values[name] = chosen
            elif chosen or first:
                values[name] = chosen[0] if chosen else first["value"]
        elif field.name == "textarea":
            values[name] = field.text.removeprefix("\n")
        elif field.get("type") == "checkbox" and field.has_attr("checked") and name in values:
            # Several boxes of one name: the browser sends each that is ticked.
            known = values[name] if isinstance(values[name], list) else [values[name]]
            values[name] = [*known, field.get("value", "")]
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            values[name] = field.get("value", "")
    return values | {"_save": "Save"} | typed


def rows(prefix: str, *several: dict) -> dict:
    """New rows of an inline, and the count that tells the form of them."""
    values = {f"{prefix}-TOTAL_FORMS": len(several), f"{prefix}-INITIAL_FORMS": 0}
    for place, row in enumerate(several):
        values |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return values


def typed_in(response, name: str) -> str:
    """What stands in the field of that name on the page."""
    page = BeautifulSoup(response.content, "html.parser")
    field = page.select_one(f'form[id$=_form] [name="{name}"]')
    if field.name == "select":
        return ",".join(option["value"] for option in field.select("option[selected]"))
    return field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")


def complaints(response) -> list[str]:
    """The sentences a form was sent back with."""
    page = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(" ", strip=True) for item in page.select("ul.errorlist li")]
