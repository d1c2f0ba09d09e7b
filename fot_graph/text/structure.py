"""The one parser of all layouts: from a text and its layout to a tree of units and the fields of its head."""

from __future__ import annotations

from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.text import asides, footnotes, labels
from fot_graph.text.blocks import blocks_of, body_units, lines_in
from fot_graph.text.heads import Head, HeadField, answer_heads, distinct, fields_of, of_this_question, question_head
from fot_graph.text.languages import words
from fot_graph.text.layouts import FIELDS
from fot_graph.text.markdown import markdown_signs
from fot_graph.text.markers import Marker, answer_markers, bare_markers, inline_markers, question_markers, word_markers
from fot_graph.text.passages import reflow
from fot_graph.text.sentences import is_ended, sentences
from fot_graph.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.core.fragments import Span
    from fot_graph.text.blocks import TextLine
    from fot_graph.text.layouts import Layout


class Structure(NamedTuple):
    """The tree of a text, and what its head says."""

    root: Unit
    fields: list[HeadField]


def structure(text: str, layout: Layout) -> Structure:
    """Read a text by its layout."""
    return _Parser(text, layout).structure()


class _Parser:
    """A text while it is read. What stands aside is blanked in `text`, and kept in `asides`."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.layout = layout
        signs = markdown_signs(text)
        text = asides.blanked(text, signs)
        noise = (match for pattern in layout.noise for match in pattern.finditer(text))
        self.aside_fields = [field for match in noise for field in fields_of(text, match)]
        found = asides.furniture(text, layout)
        text = asides.blanked(text, found)
        items = footnotes.square_items(text, layout)
        text = footnotes.with_round_brackets(text, items)
        notes = footnotes.footnotes(text, items)
        self.asides = [*signs, *found, *notes]
        self.text = asides.blanked(text, notes)
        self.fields: list[HeadField] = []
        self.stretches: list[Span] = []
        self.listed: list[Marker] = []

    def structure(self) -> Structure:
        whole = Unit("document", 0, len(self.text))
        root = whole._replace(children=tuple(self._children()))
        root = asides.with_asides(self.text, root, sorted(self.asides, key=lambda unit: unit.start))
        return Structure(root, distinct(self.fields))

    def _children(self) -> Iterator[Unit]:
        if not self.layout.is_question:
            yield from _with_numbered_lists(self.text)
            return
        answers = answer_heads(self.text, self.layout)
        begins = [marker.start for marker in word_markers(self.text, 0, len(self.text), bare=self.layout.bare)]
        begins += [answer.stretches[0].start for answer in answers]
        head = question_head(self.text, self.layout, min(begins, default=len(self.text)))
        answers = of_this_question(answers, head)
        self.stretches = head.stretches
        self.listed = self._listed_items(answers[0].stretches[0].start if answers else len(self.text))
        body = max((stretch.end for stretch in head.stretches), default=0)
        body = min([body, *(marker.start for marker in self.listed)])
        self.fields += [*head.fields, *(field for answer in answers for field in answer.fields)]
        self.fields += self.aside_fields
        end = asides.annex_start(self.text, answers[-1].stretches[0].end if answers else body)
        marks = word_markers(self.text, body, end, bare=self.layout.bare)
        if _alternate(marks) or (not answers and {True, False} == {mark.answers for mark in marks}):
            yield from self._numbered_by_words(marks, end)
        else:
            yield from self._halves(body, end, answers)
        if end < len(self.text):
            yield from self._annex(end)

    # --- Question and answer, one after the other ---

    def _halves(self, body: int, end: int, answers: Sequence[Head]) -> Iterator[Unit]:
        starts = [*(answer.stretches[0].start for answer in answers), end]
        asked_end = self._without_closing(body, starts[0])
        markers = self._question_markers(body, asked_end)
        head = list(self._head(body))
        begins = _question_start(head)
        yield from head[:begins]
        items = list(self._question_items(body, asked_end, markers))
        question = [*head[begins:], *items]
        if question:
            yield Unit("question", question[0].start, question[-1].end, children=tuple(question))
        asked = [item.label for item in items if item.kind == "question-item"]
        for answer, stop in zip(answers, starts[1:], strict=True):
            yield self._answer(answer, stop, asked)

    def _listed_items(self, end: int) -> list[Marker]:
        """Find several items of the question by the patterns that the layout has for them, and who asks each."""
        matches = [match for pattern in self.layout.items for match in pattern.finditer(self.text, 0, end)]
        if len(matches) < 2:
            return []
        self.fields += [field for match in matches for field in fields_of(self.text, match) if field.name in FIELDS]
        return [Marker(*match.span(), match["label"]) for match in matches]

    def _question_markers(self, start: int, end: int) -> list[Marker]:
        if self.listed:
            return self.listed
        by_words = [marker for marker in word_markers(self.text, start, end) if not marker.answers]
        if by_words:
            return by_words
        found = question_markers(self.text, start, end)
        if not found and self.layout.bare:
            found = bare_markers(self.text, start, end)
        return inline_markers(self.text, start, end, found) if self.layout.inline or not found else found

    def _question_items(self, start: int, end: int, markers: list[Marker]) -> Iterator[Unit]:
        """Give the context and the items of the question; without numbers it is one item, from where it asks."""
        first = markers[0].start if markers else _first_asking(self.text, start, end)
        yield from body_units(self.text, start, first)
        if markers:
            yield from self._items(markers, end)
        elif blocks := body_units(self.text, first, end):
            yield Unit("question-item", blocks[0].start, blocks[-1].end, children=tuple(blocks))

    def _answer(self, head: Head, end: int, asked: list[str]) -> Unit:
        start, body = head.stretches[0]
        end = self._without_closing(body, end, signs=True)
        markers = self._answer_markers(body, end, asked)
        children = [Unit("answer-head", start, body)]
        if markers:
            children += body_units(self.text, body, markers[0].start)
            children += self._items([marker._replace(answers=True) for marker in markers], end)
        elif blocks := body_units(self.text, body, end):
            children.append(Unit("answer-item", blocks[0].start, blocks[-1].end, children=tuple(blocks)))
        return Unit("answer", start, children[-1].end, children=tuple(children))

    def _answer_markers(self, start: int, end: int, asked: list[str]) -> list[Marker]:
        by_words = [mark for mark in word_markers(self.text, start, end) if labels.is_named(mark.label, asked)]
        if by_words:
            return by_words
        if not any(asked):
            found = question_markers(self.text, start, end, joint=True)
            return found if len(found) > 1 else []
        found = answer_markers(self.text, start, end, asked)
        return inline_markers(self.text, start, end, found, answers=True) if self.layout.inline else found

    # --- Each answer after its question ---

    def _numbered_by_words(self, markers: list[Marker], end: int) -> Iterator[Unit]:
        """Give the items, and question and answer as wholes where all that is asked stands before what is answered."""
        markers = [*self._with_lost_headings(markers)]
        yield from self._head(markers[0].start)
        end = self._without_closing(markers[-1].end, end, signs=True)
        items = list(self._items(markers, end))
        if _alternate(markers):
            yield from items
            return
        for kind in ("question", "answer"):
            if part := [item for item in items if item.kind.startswith(kind)]:
                yield Unit(kind, part[0].start, part[-1].end, children=tuple(part))

    def _with_lost_headings(self, markers: list[Marker]) -> Iterator[Marker]:
        """Add questions whose heading the end of a page has taken: what stands on the page before 'Antwoord 2'."""
        asked = {marker.label for marker in markers if not marker.answers}
        edges = [unit.end for unit in self.asides if unit.kind == "furniture"]
        for before, marker in zip([None, *markers], markers, strict=False):
            if before and before.answers and marker.answers and marker.label not in asked:
                top = max((edge for edge in edges if before.end < edge < marker.start), default=marker.start)
                if lines := lines_in(self.text, top, marker.start):
                    yield Marker(lines[0].start, lines[0].start, marker.label)
            yield marker

    # --- Parts of both ---

    def _items(self, markers: list[Marker], end: int) -> Iterator[Unit]:
        """Make an item of each marker and all that follows it up to the next one."""
        stops = [*(marker.start for marker in markers[1:]), end]
        for marker, stop in zip(markers, stops, strict=True):
            written = " ".join(self.text[marker.start : marker.end].split())
            leaf = Unit("marker", marker.start, marker.end, written)
            children = (*([leaf] if written else []), *body_units(self.text, marker.end, stop))
            kind = "answer-item" if marker.answers else "question-item"
            yield Unit(kind, marker.start, children[-1].end, marker.label, children)

    def _without_closing(self, start: int, end: int, *, signs: bool = False) -> int:
        """Set the notes of a half aside, and the signature at its end; give the end of the rest."""
        found = asides.notes(self.text, self.layout, start, end)
        self.text = asides.blanked(self.text, found)
        self.asides += found
        signed = asides.signature(self.text, start, end)
        if not signed:
            return end
        if signs and not any(field.name == "answered_by" for field in self.fields):
            start = asides.without_greeting(self.text, signed)
            self.fields.append(HeadField("answered_by", reflow(self.text[start : signed.end]), start, signed.end))
        self.asides.append(signed)
        self.text = asides.blanked(self.text, [signed])
        return signed.start

    def _head(self, end: int) -> Iterator[Unit]:
        """Give the lines of the head: policy field and title where they are whole lines, headings, and prose."""
        place = 0
        for field in sorted(self.fields, key=lambda field: field.start):
            if field.name in ("policy_field", "title") and field.end <= end and self._is_whole(field):
                yield from self._headings(place, field.start)
                yield Unit(field.name.replace("_", "-"), field.start, field.end)
                place = field.end
        yield from self._headings(place, end)

    def _is_whole(self, field: HeadField) -> bool:
        """Tell whether a field fills its lines."""
        before = self.text[: field.start].rpartition("\n")[2].rpartition("\f")[2]
        after = self.text[field.end :].partition("\n")[0].partition("\f")[0]
        return not before.strip() and not after.strip()

    def _headings(self, start: int, end: int) -> Iterator[Unit]:
        blocks = blocks_of(self.text, lines_in(self.text, start, end))
        for stretch, group in chain.from_iterable(groupby(block, self._stretch_at) for block in blocks):
            lines = list(group)
            first, last = lines[0].start, lines[-1].end
            if not (stretch and last <= stretch.end) and is_ended(self.text, first, last):
                yield from body_units(self.text, first, last)
            else:
                yield Unit("heading", first, last)

    def _stretch_at(self, line: TextLine) -> Span | None:
        """Give the stretch of the head that a line begins in."""
        return next((stretch for stretch in self.stretches if stretch.start <= line.start < stretch.end), None)

    def _annex(self, start: int) -> Iterator[Unit]:
        line = lines_in(self.text, start, len(self.text))[0]
        children = (Unit("heading", line.start, line.end), *body_units(self.text, line.end, len(self.text)))
        yield Unit("annex", start, children[-1].end, children=children)


def _with_numbered_lists(text: str) -> Iterator[Unit]:
    """Give the blocks of a plain text; blocks that begin with a number or letter are items of lists too."""
    markers = question_markers(text, 0, len(text))
    items: list[Unit] = []
    place = 0
    for marker, stop in zip(markers, [*(marker.start for marker in markers[1:]), len(text)], strict=False):
        between = body_units(text, place, marker.start)
        if between and items:
            yield Unit("list", items[0].start, items[-1].end, children=tuple(items))
            items = []
        yield from between
        lines = lines_in(text, marker.end, stop)
        place = blocks_of(text, lines)[0][-1].end if lines else marker.end
        leaf = Unit("marker", marker.start, marker.end, text[marker.start : marker.end])
        children = (leaf, *sentences(text, marker.end, place))
        items.append(Unit("list-item", marker.start, place, children=children))
    if items:
        yield Unit("list", items[0].start, items[-1].end, children=tuple(items))
    yield from body_units(text, place, len(text))


def _question_start(head: Sequence[Unit]) -> int:
    """Count the parts of a head before the question, which begins with the title, or after headings below that."""
    title = next((at for at, unit in enumerate(head) if unit.kind == "title"), len(head))
    return max((at + 1 for at, unit in enumerate(head) if unit.kind == "heading" and at > title), default=title)


def _alternate(markers: Sequence[Marker]) -> bool:
    """Tell whether a question follows an answer."""
    return any(one.answers and not other.answers for one, other in pairwise(markers))


def _first_asking(text: str, start: int, end: int) -> int:
    """Find where a question without numbers begins to ask: its first question, or else its first sentence."""
    units = [unit for block in body_units(text, start, end) for unit in _sentences(block)]
    asking = words("asking")
    for sentence in units:
        written = text[sentence.start : sentence.end]
        if written.rstrip("”’»\"')]").endswith("?") or any(phrase in written.lower() for phrase in asking):
            return sentence.start
    return units[0].start if units else start


def _sentences(unit: Unit) -> Iterator[Unit]:
    """Give the sentences of a paragraph; a list or table stands for itself."""
    if unit.kind == "paragraph":
        yield from (child for child in unit.children if child.kind == "sentence")
    else:
        yield unit
