"""The order of the statuses that a claim can have (`fot:status`), the firmest first.

How firm a claim is depends on who answers for it. The minister does for what is stated, then for what is reported from
others and for what is quoted; a computed figure follows from such claims; for the background other public sources do.
The questioner takes a premise for granted, the editors read an interpretation into the text, and a question asserts
nothing. What a rule found says only that a passage names a thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

STATUSES = ("stated", "reported", "quoted", "computed", "background", "premise", "interpreted", "asked", "found")


def known_statuses(names: Iterable[str]) -> set[str]:
    """Give the CURIEs of statuses that are named with their prefix or without.

    >>> known_statuses(["stated", "status:stated"])
    {'status:stated'}

    Raises: `UnknownNameError`.
    """
    wanted = {name.removeprefix("status:") for name in names}
    for name in sorted(wanted.difference(STATUSES)):
        raise UnknownNameError("status", name, STATUSES)
    return {f"status:{name}" for name in wanted}


def firmness_rank(status: str) -> int:
    """Give the place of a status, an IRI or a local name, in this order; what is no status of ours comes last.

    >>> firmness_rank("stated"), firmness_rank("https://w3id.org/fot-graph/status/asked"), firmness_rank("https://example.org/sure")
    (0, 7, 9)
    """
    name = status.rpartition("/")[2].rpartition(":")[2]
    return STATUSES.index(name) if name in STATUSES else len(STATUSES)
