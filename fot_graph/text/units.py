"""A part of a source text: what it is, and its range of characters. `source` lists the kinds."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """A part of the source: what it is, where it stands, its number or marker, and its own parts."""

    kind: str
    start: int
    end: int
    label: str = ""
    children: tuple[Unit, ...] = ()
