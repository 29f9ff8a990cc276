"""Words as they go into a copy of any format."""

from licensing.rights.wire import plain

# They end a line for some, and for others they do not.
LINE_ENDS = str.maketrans("\u2028\u2029", "  ")


def clean(text: str) -> str:
    """``text`` without what no format can carry, and with no line end but the usual one."""
    return plain(text).translate(LINE_ENDS)
