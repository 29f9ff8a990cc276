"""White space as a browser shows it: inlines in, the same inlines without idle spaces out."""

import re

# A no-break space is a decision of the author and stays.
_SPACES = re.compile(r"[ \t\n\r\f]+")

Inline = dict


def squeezed(text: str) -> str:
    """The text with single spaces, and none at its ends."""
    return _SPACES.sub(" ", text).strip(" ")


def tidy(content: list[Inline]) -> list[Inline]:
    """Runs of spaces are one space; none at either end of a line; empty inlines go.

    A footnote is a text of its own; the text around its mark runs on as if it were not there.
    """
    tidied, _ = _collapse(content, after_space=True)
    while tidied and tidied[0]["type"] == "break":
        tidied.pop(0)
    return _trim(tidied, ("text", "break"))


def _collapse(content: list[Inline], *, after_space: bool) -> tuple[list[Inline], bool]:
    kept: list[Inline] = []
    for node in content:
        if node["type"] == "text":
            text = _SPACES.sub(" ", node["text"])
            if text := text.removeprefix(" ") if after_space else text:
                after_space = text.endswith(" ")
                _join(kept, text)
        elif node["type"] == "break":
            kept = [*_trim(kept, ("text",)), node]
            after_space = True
        elif node["type"] == "note":
            if inside := tidy(node["content"]):
                kept.append({**node, "content": inside})
        elif node["type"] == "code":
            if node["text"]:
                kept.append(node)
                after_space = False
        else:
            inside, after_space = _collapse(node["content"], after_space=after_space)
            if inside:
                kept.append({**node, "content": inside})
    return kept, after_space


def _join(kept: list[Inline], text: str) -> None:
    """Appends text, to the text before it where there is one."""
    if kept and kept[-1]["type"] == "text":
        text = kept.pop()["text"] + text
    kept.append({"type": "text", "text": text})


def _trim(content: list[Inline], kinds: tuple[str, ...]) -> list[Inline]:
    """Without spaces (and, where named, breaks) at the end."""
    content = list(content)
    while content:
        last = content.pop()
        if last["type"] == "break" and "break" in kinds:
            continue
        if last["type"] == "text":
            last = {**last, "text": last["text"].rstrip(" ")}
            if not last["text"]:
                continue
        elif "content" in last and last["type"] != "note":
            last = {**last, "content": _trim(last["content"], kinds)}
            if not last["content"]:
                continue
        return [*content, last]
    return []
