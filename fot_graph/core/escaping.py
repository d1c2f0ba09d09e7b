"""Escapes text for HTML and XML, so that nothing in it is read as markup."""

from __future__ import annotations

import re

from fot_graph.core.errors import UsageError

# XML 1.0, 2.2. Compiled when it is first used: that takes milliseconds, which only XML is worth
NO_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def html(text: str) -> str:
    """Write a text in HTML, also between quotes.

    >>> html("<script> & 'co'")
    '&lt;script&gt; &amp; &#39;co&#39;'
    """
    for sign, reference in ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"):
        text = text.replace(sign, reference)
    return text


def xml(text: str) -> str:
    """Write a text in XML 1.0, also between quotes; line ends and tabs survive there only as references.

    Raises: `UsageError` for a character that XML cannot hold, not even escaped.
    """
    check_xml(text)
    return html(text).replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def check_xml(text: str, code: str = "xml-character") -> None:
    """Raise `UsageError`, of this code, for a character that XML 1.0 cannot hold, not even escaped."""
    if found := re.search(NO_XML, text):
        raise UsageError(code, point=f"{ord(found[0]):04X}")


def without_surrogates(text: str) -> str:
    r"""Replace what stands for bytes that are no UTF-8, which a shell may give and no term of RDF can hold.

    >>> without_surrogates("caf\udce9")
    'caf?'
    """
    return text.encode(errors="replace").decode()
