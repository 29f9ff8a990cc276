"""What a browser would send back of a form it was shown, with what somebody typed over it."""

from bs4 import BeautifulSoup

# What may be typed into any field, as its bytes come in.
HOSTILE = {
    "a NUL": b"\x00",
    "half a character": b"\xed\xa0\x80",
    "a megabyte": b"x" * 1_000_000,
    "a line that runs backwards": "\u202eevil".encode(),
    "nothing to see": "\u200b".encode(),
    "a line more for the head of a letter": b"a\r\nBcc: all@x.example",
    "a template": b"{{ x }}{% debug %}%s<b>",
}


def page_of(response) -> BeautifulSoup:
    """The page in ``response``, to be read only: it is parsed once, however often it is asked."""
    if not hasattr(response, "parsed_page"):
        # The faster reader leaves NULs out.
        parser = "html.parser" if b"\0" in response.content else "lxml"
        response.parsed_page = BeautifulSoup(response.content, parser, from_encoding="utf-8")
    return response.parsed_page


def filled(response, **typed) -> dict:
    """Every field of the admin's form in ``response`` as it stands, then ``typed`` over it."""
    return standing(page_of(response).select_one("form[id$=_form]")) | {"_save": "Save"} | typed


def sent(response, **typed) -> dict:
    """Every field of the form of a reader's page as it stands, then ``typed`` over it."""
    return standing(page_of(response).select_one("main form")) | typed


def standing(form) -> dict:
    """What a browser would send of ``form`` without anybody typing."""
    values: dict = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name = field["name"]
        is_button = field.get("type") in ("submit", "file", "button")
        if "__prefix__" in name or is_button or field.has_attr("disabled"):
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
        elif name in values and (field.has_attr("checked") or field.get("type") == "hidden"):
            # Several boxes of one name: the browser sends each that is ticked or out of sight.
            known = values[name] if isinstance(values[name], list) else [values[name]]
            values[name] = [*known, field.get("value", "")]
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            values[name] = field.get("value", "")
    return values


def rows(prefix: str, *several: dict) -> dict:
    """New rows of an inline, and the count that tells the form of them."""
    values = {f"{prefix}-TOTAL_FORMS": len(several), f"{prefix}-INITIAL_FORMS": 0}
    for place, row in enumerate(several):
        values |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return values


def typed_in(response, name: str) -> str:
    """What stands in the field of that name on the page."""
    field = page_of(response).select_one(f'form[id$=_form] [name="{name}"]')
    if field.name == "select":
        return ",".join(option["value"] for option in field.select("option[selected]"))
    return field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")


def complaints(response) -> list[str]:
    """The sentences a form was sent back with."""
    return [item.get_text(" ", strip=True) for item in page_of(response).select("ul.errorlist li")]
