"""The strings of a Turtle or TriG file, so that one of them can be changed and all else stays byte for byte."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Quad, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyoxigraph import RdfFormat


class String(NamedTuple):
    """A string in a file: its value, where what stands between its quotation marks begins and ends, and the marks."""

    value: str
    start: int
    end: int
    marks: str

    def line(self, text: str) -> int:
        """Count the lines of the file up to the string, its own included."""
        return text.count("\n", 0, self.start) + 1


# In comments, IRIs and escapes a quotation mark begins no string (RDF 1.1 TriG, 4).
_TOKEN = re.compile(
    r"""\#[^\r\n]* | <(?:[^<>"{}|^`\\\s]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> | \\.
    | (?P<long>\"{3}|'{3}) (?P<longer>(?:(?!(?P=long))(?:[^\\]|\\.))*) (?P=long)
    | (?P<mark>["']) (?P<value>(?:(?!(?P=mark))[^\\\r\n]|\\.)*) (?P=mark)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def strings(text: str) -> Iterator[String]:
    """Yield the strings of a Turtle or TriG file that parses, in order.

    >>> [string.value for string in strings("<urn:a#b> :p 'een' , 'twee' . # 'geen'")]
    ['een', 'twee']
    """
    for token in _TOKEN.finditer(text):
        group = "longer" if token["long"] else "value"
        if token[group] is not None:
            yield String(_unescaped(token[group]), *token.span(group), token["long"] or token["mark"])


def replace_strings(
    text: str, format_: RdfFormat, values: Mapping[str, str], may_change: Callable[[Quad], bool]
) -> tuple[str, Counter[str]]:
    """Put other values in the place of the strings that are the object of some quads, and count what was replaced.

    Whether a string is one of them is seen by reading the file again: one quad, which `may_change`, has another object.
    """
    done: Counter[str] = Counter()
    before = _quad_counts(text, format_)
    for string in reversed(list(strings(text))):  # from the end, so that the places before it stay right
        if string.value in values:
            new = f"{text[: string.start]}{_escaped(values[string.value], string.marks)}{text[string.end :]}"
            after = _quad_counts(new, format_)
            gone, come = list((before - after).elements()), list((after - before).elements())
            if len(gone) == len(come) == 1 and may_change(gone[0]) and may_change(come[0]):
                text, before = new, after
                done[string.value] += 1
    return text, done


def _quad_counts(text: str, format_: RdfFormat) -> Counter[Quad]:
    """Count the quads of a text, with one name for all blank nodes: those without a name get a new one each time."""
    return Counter(
        Quad(_with_one_blank_name(q.subject), q.predicate, _with_one_blank_name(q.object), q.graph_name)
        for q in parse(text, format_)
    )


def _with_one_blank_name(term: object) -> BlankNode:
    return BlankNode("b") if isinstance(term, BlankNode) else term  # type: ignore[return-value]


def _unescaped(body: str) -> str:
    def sign(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])

    return _ESCAPE.sub(sign, body)


def _escaped(value: str, marks: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(marks[0], f"\\{marks[0]}")
    return escaped.replace("\n", "\\n").replace("\r", "\\r")
