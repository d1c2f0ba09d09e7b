"""`fot-graph review DOCUMENT`: go through the drafts of a document, and accept, change or reject each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import output, words
from fot_graph.core.errors import ClaimsFileError
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from fot_graph.authoring.review import Drafts

# The first letters of what may be answered, in English and in Dutch
ACCEPT, CHANGE, REJECT, LATER, QUIT = ("a",), ("c", "w"), ("r", "v"), ("l",), ("q", "s")


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("document", metavar="DOCUMENT", type=Path, help="review.document")
    words.add_language(parser)
    parser.epilog = "review.epilog"


def run(args: Namespace) -> int:
    """Show each draft, the sentence and the claim, and do what the answer says; the end of the input is 'quit'."""
    from fot_graph.authoring.review import Drafts  # noqa: PLC0415  --help does not pay for a parser

    drafts = Drafts(args.document)
    waiting, count = list(drafts.left), len(drafts.left)
    accepted = rejected = 0
    while waiting:
        draft = waiting.pop(0)
        number = count - len(waiting)
        output.say(f"{Message('draft-left', number=number, count=count).worded(args.lang)}\n\n{_shown(draft)}\n\n")
        answer = _ask(Message("draft-choice").worded(args.lang))
        if answer in ACCEPT:
            drafts.accept(draft)
            accepted += 1
        elif answer in REJECT:
            drafts.reject(draft)
            rejected += 1
        elif answer in CHANGE:
            waiting.insert(0, _changed(drafts, draft, args))
        elif answer in QUIT:
            break
        elif answer not in LATER:
            waiting.insert(0, draft)  # no answer: ask again
    counts = {"accepted": accepted, "rejected": rejected, "left": len(drafts.left)}
    return output.say(f"{Message('drafts-reviewed', path=args.document, **counts).worded(args.lang)}\n")


def _shown(draft: str) -> str:
    """Give the sentences and the facts of a draft, without its heading and the signs of Markdown."""
    return "\n".join(line for line in draft.splitlines()[1:] if line.strip())


def _ask(question: str) -> str:
    try:
        return input(question).strip().lower()[:1]
    except EOFError:
        output.say("\n")
        return QUIT[0]


def _changed(drafts: Drafts, draft: str, args: Namespace) -> str:
    """Ask for other facts of a draft; it stays as it is where these cannot be read."""
    output.say(f"{Message('draft-change').worded(args.lang)}\n")
    facts: list[str] = []
    try:
        while line := input().strip():
            facts.append(line)
        new = drafts.changed(draft, facts) if facts else draft
    except (ClaimsFileError, EOFError) as error:
        output.complain(error.worded(args.lang) if isinstance(error, ClaimsFileError) else "")
        return draft
    drafts.left[drafts.left.index(draft)] = new
    return new
