"""What the reading page shows: the leaves and blocks of a text, its items, and what it can be narrowed down to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fot_graph.web.pages.claim_views import ClaimView
    from fot_graph.web.pages.common import TermView
    from fot_graph.web.pages.found_things import FoundThing
    from fot_graph.web.pages.marked_text import Segment


class TextLeaf(NamedTuple):
    """A sentence, a heading or a table's row: its segments by cell, its claims, or why it has none.

    `ends_stretch` tells that what follows it has claims, or none for another reason. `counts` gives for each status of
    its claims how many of them the chosen status and theme leave marked.
    """

    id: str
    kind: str
    text: str
    cells: tuple[tuple[Segment, ...], ...]
    claims: tuple[int, ...]
    counts: tuple[tuple[str, int], ...]
    reason: TermView | None
    ends_stretch: bool
    line: int

    @property
    def marked(self) -> int:
        """The number of claims that the chosen status and theme leave marked."""
        return sum(count for _, count in self.counts)


class TextBlock(NamedTuple):
    """A paragraph, a list, a list item or a table, with its leaves or the blocks in it.

    `marker` is that of a footnote or a list item, as it is written.
    """

    kind: str
    id: str
    line: int
    marker: str = ""
    leaves: tuple[TextLeaf, ...] = ()
    blocks: tuple[TextBlock, ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether its marker is a number or a letter, and no bullet."""
        return any(map(str.isalnum, self.marker)) and self.marker != "o"


class DocumentItem(NamedTuple):
    """A numbered item of the question or of the answer, with what rules found in it."""

    id: str
    label: str
    name: TermView
    blocks: tuple[TextBlock, ...]
    found: tuple[FoundThing, ...] = ()


class QuestionAndAnswer(NamedTuple):
    """What was asked beside what was answered: question items that stand together with the item that answers them.

    `named` gives the address and label of all that it answers. It may stand `elsewhere`, beside others of them.
    """

    asked: tuple[DocumentItem, ...]
    answered: DocumentItem | None
    named: tuple[tuple[str, str], ...] = ()
    elsewhere: bool = False


class AnswerColumn(NamedTuple):
    """An answer: its head, what stands before its first item (`preamble`), and its items beside the questions."""

    head: TextLeaf | None
    preamble: tuple[TextBlock, ...]
    pairs: tuple[QuestionAndAnswer, ...]

    @property
    def has_items(self) -> bool:
        """Whether anything is answered."""
        return any(pair.answered for pair in self.pairs)

    @property
    def is_one(self) -> bool:
        """Whether a question without numbers stands beside an answer without."""
        items = [item for pair in self.pairs for item in (*pair.asked, pair.answered) if item]
        return len(self.pairs) == 1 and not any(item.label for item in items)


class CountedChoice(NamedTuple):
    """A value of a filter, with the number of claims that it keeps."""

    value: str
    name: TermView
    total: int
    chosen: bool


class CoverageCounts(NamedTuple):
    """How many leaves there are, how many are quoted, those that are not, with the reason, and the document's level."""

    total: int
    quoted: int
    accounted: int
    without: tuple[TextLeaf, ...]
    level: str


class Reading(NamedTuple):
    """A document to read. `claims` go by their numbers; the chosen status and theme leave those in `marked` marked.

    `opening` is what stands before question and answer, such as a letter, `context` before the items of the question,
    `closing` after all of them, under the names of its kinds. The questions stand beside the first answer, `further`
    answers follow. `found` is all that rules found, `found_elsewhere` what of it stands in no item. `issued` is None
    where the graph does not tell it.
    """

    document: TermView
    is_question: bool
    tongue: str
    number: str
    issued: TermView | None
    authors: tuple[TermView, ...]
    policy_field: TextLeaf | None
    title: TextLeaf | None
    named: str
    opening: tuple[TextBlock, ...]
    context: tuple[TextBlock, ...]
    answer: AnswerColumn
    further: tuple[AnswerColumn, ...]
    closing: tuple[tuple[str, tuple[TextBlock, ...]], ...]
    found: tuple[FoundThing, ...]
    found_elsewhere: tuple[FoundThing, ...]
    claims: tuple[ClaimView, ...]
    themes_of: tuple[str, ...]
    marked: frozenset[int]
    status_names: dict[str, str]
    coverage: CoverageCounts
    statuses: tuple[CountedChoice, ...]
    themes: tuple[CountedChoice, ...]
    documents: tuple[TermView, ...]
