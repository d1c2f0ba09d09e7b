"""The log on standard error, in which no text of a request or a document can pass for anything else.

Control characters move the cursor, colour what follows or make lines up; signs for the direction of writing turn text
around. They are written as Python writes them in a string.
"""

from __future__ import annotations

import logging
import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories: controls, formats, halves of characters, ends of lines


def escape_invisible(text: str, keep: str = "") -> str:
    r"""Write the characters that cannot be seen, or act on a terminal, as escapes, but those to `keep`.

    >>> escape_invisible("\x1b[31mred\n"), escape_invisible("a\tb\u202e", keep="\t")
    ('\\x1b[31mred\\n', 'a\tb\\u202e')
    """
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in _HIDDEN and character not in keep
        else character
        for character in text
    )


class _Formatter(logging.Formatter):
    """Writes a message on one line, and the lines of a traceback below it, set in."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  as in logging
        return escape_invisible(super().formatMessage(record).rstrip("\n"))

    def formatException(self, ei: logging._SysExcInfoType) -> str:  # noqa: N802  as in logging
        return "\n".join(f"  {escape_invisible(line)}" for line in super().formatException(ei).split("\n"))


def configure() -> None:
    """Let this process log on standard error, from the level INFO on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
