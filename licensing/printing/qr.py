"""The square code that a telephone reads: an address in, a small black and white picture out."""

import io

import segno

# A longer address makes a code too fine for paper.
_LONGEST = 300
_PIXELS = 16  # of a square: finer than any press prints


def picture(url: str) -> bytes | None:
    """The code as PNG, without the white around it; None where the address is too long for one."""
    if len(url) > _LONGEST:
        return None
    out = io.BytesIO()
    segno.make_qr(url, error="m").save(out, kind="png", scale=_PIXELS, border=0)
    return out.getvalue()
