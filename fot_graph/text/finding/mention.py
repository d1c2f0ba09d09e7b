"""What a rule found in a text: it says only that the passage names the thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fot_graph.core.fragments import Span

# The kinds of references, the strongest first where two rules find the same words.
REFERENCES = ("question", "law", "decree", "agreement", "report", "web-address")
KINDS = ("date", "amount", *REFERENCES, "name")


class Mention(NamedTuple):
    """A thing that a passage names: its kind (of `KINDS`), the passage, and what the text itself says of the thing.

    `value` is a date or period as in ISO 8601 ('2016', '--09-30', '2016-01/2016-03'), a number, an address, or the IRI
    of what has a name; '' for a period such as 'dit jaar'. `upper` is the other end of a range of amounts, `unit` its
    unit: a currency (ISO 4217), '%', or a unit of measurement. `number` and `date` are those of a reference; the date
    of an amount is that for which its sentence gives it, and stands at `dated`.
    """

    kind: str
    span: Span
    value: str = ""
    upper: str = ""
    unit: str = ""
    number: str = ""
    date: str = ""
    dated: Span | None = None
