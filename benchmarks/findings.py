"""Measures what the rules find in texts that a person annotated, and writes the table of docs/findings.md.

    python benchmarks/findings.py FOLDER [TABLE]

FOLDER holds texts, each with its annotations beside it in JSON. An annotation that the annotator doubts counts in the
figures ‘with doubtful’ only; elsewhere it is left aside, as is what the rules find there.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fot_graph.text.finding.drafts import drafts
from fot_graph.text.finding.mention import Mention
from fot_graph.text.finding.rules import findings
from fot_graph.text.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fot_graph.text.source import Source

KINDS = {
    "earlier question": "question",
    "law": "law",
    "decree": "decree",
    "agreement": "agreement",
    "report": "report",
    "web address": "web-address",
}
DRAFTS = {"promise": "by-when", "evaluation": "state", "coverage": "items"}  # with the part that is compared
DATES = Path(__file__).parent.parent / "tests" / "text" / "finding" / "dates.json"


class Wanted(NamedTuple):
    """What a person found: its kind, the ranges of characters where it stands, its value, and whether it is sure."""

    kind: str
    places: tuple[tuple[int, int], ...]
    value: tuple[str, ...] | None = None
    sure: bool = True


class Score(NamedTuple):
    """Counts of one kind: annotated and found, proposed and right; of sure annotations, then of all."""

    kind: str
    wanted: int
    found: int
    proposed: int
    right: int
    wanted_all: int
    found_all: int
    proposed_all: int
    right_all: int
    wrong: tuple[str, ...]  # what was missed, or is none, for a person to read


def scores(folder: Path) -> list[Score]:
    """Measure each kind over the texts of a folder."""
    pairs: list[tuple[str, Source, list[Mention], list[Wanted]]] = []
    dates = json.loads(DATES.read_text(encoding="utf-8"))
    for file in sorted(folder.glob("*/*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        source, name = read(file.with_suffix(".txt")), f"{file.parent.name}/{file.stem}"
        annotated = [Wanted("date", ((start, end),), (value,)) for start, end, value in dates.get(name, ())]
        wanted = [*annotated, *_references(source, gold), *_figures(source, gold), *_drafts(source, gold)]
        kept = [each for each in findings(source) if each.kind != "date" or name in dates]
        kept += [
            Mention(one.kind, one.span, dict(one.parts)[DRAFTS[one.kind]])
            for one in drafts(source)
            if one.kind in DRAFTS
        ]
        pairs.append((name, source, kept, wanted))
    return [_score(kind, pairs) for kind in ("date", "amount", *KINDS.values(), *DRAFTS)]


def _references(source: Source, gold: dict[str, Any]) -> Iterator[Wanted]:
    for entry in gold["references"]:
        if entry["kind"] in KINDS:
            also = re.findall(r'"([^"]{4,})"', entry.get("doubt", ""))
            places = tuple(place for quote in (entry["quote"], *also) for place in _places(source.text, quote))
            yield Wanted(KINDS[entry["kind"]], places, None, "doubt" not in entry)


def _figures(source: Source, gold: dict[str, Any]) -> Iterator[Wanted]:
    for entry in gold["figures"]:
        if entry["unit"] != "count":
            value = tuple(_plain(entry[key]) for key in ("value", "value_to") if key in entry)
            yield Wanted("amount", tuple(_places(source.text, entry["quote"])), value, "doubt" not in entry)


def _drafts(source: Source, gold: dict[str, Any]) -> Iterator[Wanted]:
    """Give promises with a deadline, evaluations to come or under way, and what each numbered answer item answers.

    A text may repeat a promise within a longer sentence.
    """
    for entry in gold.get("promises") or ():
        places = tuple(_places(source.text, entry["quote"].rstrip(".")))
        if entry["by_when"]:
            yield Wanted("promise", places, None, "doubt" not in entry)
    for entry in gold.get("evaluations") or ():
        if entry["state"] in ("announced", "under way"):
            state = None if "doubt" in entry else (entry["state"],)
            yield Wanted("evaluation", tuple(_places(source.text, entry["quote"])), state, "doubt" not in entry)
    for entry in gold.get("answer_items") or ():
        if entry["label"]:
            begins = (entry["begins"], *entry.get("also_accepted", ()))
            places = tuple(place for each in begins for place in _places(source.text, each))
            yield Wanted("coverage", places, (", ".join(entry["answers"]),), "doubt" not in entry)


def _plain(number: float) -> str:
    return format(number, "f").rstrip("0").rstrip(".")


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Give the places of a quote, whatever white space stands in it."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    yield from (match.span() for match in re.finditer(pattern, text))


def _score(kind: str, texts: Iterable[tuple[str, Source, list[Mention], list[Wanted]]]) -> Score:
    counts = dict.fromkeys(Score._fields[1:9], 0)
    wrong: list[str] = []
    for name, source, found, wanted in texts:
        given = [each for each in found if each.kind == kind]
        asked = [each for each in wanted if each.kind == kind]
        for each in asked:
            is_found = any(_matches(each, one) for one in given)
            counts["wanted"] += each.sure
            counts["found"] += each.sure and is_found
            counts["wanted_all"] += 1
            counts["found_all"] += is_found
            if each.sure and not is_found:
                wrong.append(f"{name} {kind} missed: {[source.text[start:end] for start, end in each.places[:1]]}")
        for one in given:
            matching = [each for each in asked if _matches(each, one)]
            is_aside = bool(matching) and not any(each.sure for each in matching)
            counts["proposed"] += not is_aside
            counts["right"] += bool(matching) and not is_aside
            counts["proposed_all"] += 1
            counts["right_all"] += bool(matching)
            if not matching:
                wrong.append(f"{name} {kind} wrong: {source.text[one.span.start : one.span.end]!r} {one.value}")
    return Score(kind, *counts.values(), tuple(wrong))


def _matches(wanted: Wanted, found: Mention) -> bool:
    stands_there = any(found.span.start < end and start < found.span.end for start, end in wanted.places)
    return stands_there and wanted.value in (None, (found.value, found.upper) if found.upper else (found.value,))


NAMES = {
    "date": "dates and periods",
    "amount": "figures with a unit",
    "question": "earlier questions",
    "law": "laws",
    "decree": "decrees",
    "agreement": "agreements",
    "report": "reports",
    "web-address": "web addresses",
    "promise": "drafts: promises with a deadline",
    "evaluation": "drafts: evaluations announced or under way",
    "coverage": "drafts: which items an answer covers",
}


def table(measured: Iterable[Score]) -> str:
    """Write the counts as a table in Markdown."""
    lines = [
        "| | annotated | found | proposed | right | found, with doubtful | right, with doubtful |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {NAMES[each.kind]} | {each.wanted} | {each.found} | {each.proposed} | {each.right} "
        f"| {each.found_all} of {each.wanted_all} | {each.right_all} of {each.proposed_all} |"
        for each in measured
    ]
    return "\n".join(lines) + "\n"


def with_table(page: str, measured: Iterable[Score]) -> str:
    """Put the table in a page, in the place of the one that it has."""
    replace: Callable[[re.Match[str]], str] = lambda _: table(measured)  # noqa: E731
    return re.sub(r"^\| \| annotated (?:.*\n)+?(?=\n|\Z)", replace, page, flags=re.MULTILINE)


def main() -> None:
    """Print the table and what is wrong, and put the table in the page."""
    folder, *pages = map(Path, sys.argv[1:])
    measured = scores(folder)
    print(table(measured), *(line for each in measured for line in each.wrong), sep="\n")  # noqa: T201  this is what it is run for
    for page in pages:
        page.write_text(with_table(page.read_text(encoding="utf-8"), measured), encoding="utf-8")


if __name__ == "__main__":
    main()
