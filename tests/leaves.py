"""The law of every text that is read: each character that is no white space lies in exactly one leaf."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fot_graph.text.source import Source


def assert_whole(source: Source) -> None:
    """Every character that is not white space lies in exactly one leaf, and the tree is a tree."""
    covered = [at for leaf in source.leaves() for at in range(leaf.start, leaf.end) if not source.text[at].isspace()]
    assert covered == [at for at, character in enumerate(source.text) if not character.isspace()]
    for unit, parent in source.walk():
        assert parent is None or parent.start <= unit.start < unit.end <= parent.end
        assert all(one.end <= other.start for one, other in zip(unit.children, unit.children[1:], strict=False))
