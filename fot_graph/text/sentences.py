"""Where Dutch sentences end: full stops with those of abbreviations, initials and numbers left out."""

from __future__ import annotations

import re

from fot_graph.text.units import Unit

_CLOSING = r"[”’»\"')\]]*"
_STOP = re.compile(rf"(?P<mark>[.?!…])(?P<closing>{_CLOSING})(?=\s+[“‘«\"(\[]*(?P<next>\S))")
_LAST_STOP = re.compile(rf"(?P<mark>[.?!:]){_CLOSING}\Z")
# Abbreviations that something always follows. Those that may close a sentence (enz., e.d., jl.) are told by the
# capital after them, as any word is.
_ABBREVIATION = re.compile(
    "afd|art|bijv|blz|bv|ca|cf|cfr|dhr|dr|dra|drs|evt|excl|fig|hfst|incl|ing|inz|ir|max|mevr|min|mr|nl|nr|nrs|pag|par|"
    "prof|resp|st|tel|tov|vb|vgl|vnl|vs|zgn"
)
_MAY_CLOSE = frozenset({"a.u.b", "b.v", "c.s", "e.a", "e.d", "e.v", "j.l", "n.v", "o.i.d", "v.z.w"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def sentences(text: str, start: int, end: int) -> list[Unit]:
    """Parse the sentences in the range. What is left after the last full stop is a sentence too."""
    found: list[Unit] = []
    for stop in _STOP.finditer(text, start, end):
        begin = _next_word(text, found[-1].end if found else start)
        if _ends_sentence(text, begin, stop):
            found.append(Unit("sentence", begin, stop.end()))
    begin = _next_word(text, found[-1].end if found else start)
    return [*found, Unit("sentence", begin, end)] if begin < end else found


def _ends_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether a full stop with text after it ends the sentence that begins at `begin`.

    Within brackets it does so only when the whole sentence stands in them: '(sectoren, …) en', '(enz.) De'.
    """
    if stop["next"].islower() or (")" in stop["closing"] and text[begin] != "("):
        return False
    return stop["mark"] != "." or not _is_abbreviated(text, begin, stop.start())


def is_ended(text: str, start: int, end: int) -> bool:
    """Tell whether a block of text ends with a sentence, or with the colon of an introduction."""
    stop = _LAST_STOP.search(text, max(start, end - 8), end)
    if not stop:
        return False
    return stop["mark"] != "." or not _is_abbreviated(text, start, stop.start())


def _is_abbreviated(text: str, begin: int, end: int) -> bool:
    """Tell whether the full stop at `end` belongs to an abbreviation, initials or the number of a heading.

    The sentence begins at `begin`. Only its last word is looked at: one may have thousands of full stops.
    """
    while begin < end and text[end - 1].isspace():
        end -= 1
    start = end
    while begin < start and not text[start - 1].isspace():
        start -= 1
    word = text[start:end].lstrip("(“‘«\"'[").lower()
    if start == begin and word.isdigit() and len(word) < 3:
        return True
    return bool(_ABBREVIATION.fullmatch(word) or (word not in _MAY_CLOSE and _INITIALS.fullmatch(word)))


_WORD = re.compile(r"\S")


def _next_word(text: str, start: int) -> int:
    match = _WORD.search(text, start)
    return match.start() if match else len(text)
