"""`fot-graph propose DOCUMENT`: let rules, or a program of yours, propose claims; those that hold are drafts."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import output, words
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from fot_graph.authoring.gate import Proposed

_MOST_LINES = 10  # that are told of the proposals that fell for one reason
_MOST_REASONS = 5  # that are told of one kind, such as names that are not known


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("document", metavar="DOCUMENT", type=Path, help="propose.document")
    parser.add_argument("--with", metavar="COMMAND", dest="command", help="propose.with")
    parser.add_argument("--seconds", metavar="SECONDS", type=words.seconds, default=300.0, help="propose.seconds")
    words.add_language(parser)
    parser.epilog = "propose.epilog"


def run(args: Namespace) -> int:
    """Gather proposals, and say how many hold, and why the others fell; the exit code is 1 when none holds."""
    from fot_graph.authoring import drafting, drafts, programs, proposals, trial  # noqa: PLC0415  --help pays for none
    from fot_graph.authoring.gate import Desk, held, unlabelled  # noqa: PLC0415  as above

    place = args.document
    desk = Desk.of(place)
    said: list[Message] = []
    if args.command is not None:
        asked = proposals.request(place.resolve().name, desk.source, desk.written.vocabulary)
        lines, said = programs.answer_of(args.command, asked, args.seconds)
    else:
        lines = [json.dumps(proposal, ensure_ascii=False) for proposal in drafting.of_rules(desk.written, desk.source)]
    found = [*held(desk, lines, lambda claims: trial.findings(place, claims, args.lang))]
    good = [each.draft for each in found if not each.reason]
    if good:
        drafts.add(place, good)
    output.say("".join(f"{each.worded(args.lang)}\n" for each in said))
    output.say("".join(f"{line}\n" for line in _fallen(found, args.lang)))
    if not found and args.command is None:
        return output.say(f"{Message('proposals-none', path=place).worded(args.lang)}\n")
    counts = {"held": len(good), "fell": len(found) - len(good)}
    told = "proposals-held" if good else "proposals-none-held"
    output.say(f"{Message(told, path=place / drafts.FILE, **counts).worded(args.lang)}\n")
    if good and (lacking := unlabelled(desk, drafts.joined(desk.claims, good))):
        output.say(f"{Message('names-unlabelled', languages=lacking, tag=lacking[0]).worded(args.lang)}\n")
    return 0 if good else 1


def _fallen(found: Iterable[Proposed], lang: str) -> Iterator[str]:
    """Say which proposals fell, those of one reason together, and of each kind of reason the first ones."""
    kinds: dict[object, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        if each.reason:
            wrong = each.reason.data.get("wrong")  # with a field
            kind = wrong.code if isinstance(wrong, Message) else (each.reason.code, each.reason.data.get("rule"))
            kinds[kind][output.reason(each.reason, lang)].append(each.line)
    for reasons in kinds.values():
        told = [*reasons.items()]
        yield from (_fell(reason, numbers, lang) for reason, numbers in told[:_MOST_REASONS])
        if others := sum(len(numbers) for _, numbers in told[_MOST_REASONS:]):
            yield Message("proposals-fell-alike", count=others).worded(lang)


def _fell(reason: str, numbers: list[int], lang: str) -> str:
    if len(numbers) == 1:
        return f"{Message('proposal-fell', line=numbers[0]).worded(lang)}: {reason}"
    first = numbers[:_MOST_LINES]
    if len(first) == len(numbers):
        return f"{Message('proposals-fell', lines=first).worded(lang)}: {reason}"
    return f"{Message('proposals-fell', lines=[*first, '…']).worded(lang)}: {reason} ({len(numbers)})"
