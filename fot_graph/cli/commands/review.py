"""`fot-graph review DOCUMENT`: go through the drafts of a document, or the claims of others; accept, change, reject."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.cli import output, words
from fot_graph.core.errors import SeveralErrors
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from fot_graph.authoring.drafts import Draft
    from fot_graph.authoring.review import Review

# The first letters of what may be answered, in English and in Dutch
ACCEPT, CHANGE, REJECT, LATER, QUIT = ("a",), ("c", "w"), ("r", "v"), ("l",), ("q", "s")


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("document", metavar="DOCUMENT", type=Path, help="review.document")
    parser.add_argument("--claims", action="store_true", help="review.claims")
    parser.add_argument("--by", metavar="NAME", type=words.person, help="review.by")
    parser.add_argument("--on", metavar="DAY", type=words.day, help="review.on")
    words.add_language(parser)
    parser.epilog = "review.epilog"


def run(args: Namespace) -> int:
    """Show each draft or claim, and do what the answer says; the end of the input is 'quit'."""
    from fot_graph.authoring.review import Review  # noqa: PLC0415  --help does not pay for a parser
    from fot_graph.authoring.signing import Signature  # noqa: PLC0415  as above

    day = args.on or date.today().isoformat()  # noqa: DTZ011  the day where the person is
    review = Review(args.document, Signature(args.by or "", day), claims=args.claims)
    shown = "claim-left" if args.claims else "draft-left"
    waiting, count = list(review.left), len(review.left)
    accepted = rejected = 0
    while waiting:
        draft = waiting.pop(0)
        number = count - len(waiting)
        output.say(f"{Message(shown, number=number, count=count).worded(args.lang)}\n\n{_shown(draft)}\n\n")
        answer = _ask(Message("draft-choice").worded(args.lang))
        if answer in QUIT:
            break
        if answer in ACCEPT and _accepted(review, draft, args.lang):
            accepted += 1
        elif answer in REJECT:
            review.reject(draft)
            rejected += 1
        elif answer in CHANGE:
            waiting.insert(0, _changed(review, draft, args.lang))
        elif answer not in LATER:  # no answer, or one that could not be followed: ask again
            if answer not in ACCEPT:
                output.complain(Message("draft-unknown-answer", answer=answer).worded(args.lang))
            waiting.insert(0, draft)
    if not count:
        return output.say(f"{Message('nothing-to-review', path=args.document).worded(args.lang)}\n")
    counts = {"accepted": accepted, "rejected": rejected, "left": len(review.left)}
    output.say(f"{Message('drafts-reviewed', path=args.document, **counts).worded(args.lang)}\n")
    if accepted:
        _tell_what_is_lacking(review, args.lang)
    return 0


def _tell_what_is_lacking(review: Review, lang: str) -> None:
    """Say what accepted drafts still lack: labels in other languages, and on standard error who accepted them."""
    if lacking := review.unlabelled():
        output.say(f"{Message('names-unlabelled', languages=lacking, tag=lacking[0]).worded(lang)}\n")
    if not review.is_signed:
        output.complain(Message("accepted-unsigned").worded(lang))


def _shown(draft: Draft) -> str:
    """Give the sentences and the facts of a draft, with the names that it brings, without headings."""
    lines = [*(f"- {name}" for name in draft.names), *draft.claim.splitlines()[1:]]
    return "\n".join(line for line in lines if line.strip())


def _ask(question: str) -> str:
    try:
        return _typed(question).strip().lower()[:1]
    except EOFError:
        output.say("\n")
        return QUIT[0]


def _typed(question: str = "") -> str:
    """Give the next line of the input. Raises: `EOFError` at its end, and where it cannot be read."""
    if sys.stdin is None:  # the input is closed
        raise EOFError
    try:
        return input(question)
    except UnicodeDecodeError as error:
        raise EOFError from error


def _accepted(review: Review, draft: Draft, lang: str) -> bool:
    """Accept a draft; say why it cannot be accepted as it is."""
    try:
        review.accept(draft)
    except (ClaimsFileError, SeveralErrors) as error:
        output.complain(output.reason(error, lang))
        return False
    return True


def _changed(review: Review, draft: Draft, lang: str) -> Draft:
    """Ask for other facts of a draft; it stays as it is where these cannot be read."""
    output.say(f"{Message('draft-change').worded(lang)}\n")
    facts: list[str] = []
    try:
        while line := _typed().strip():
            facts.append(line)
        return review.changed(draft, facts) if facts else draft
    except EOFError:
        return draft
    except (ClaimsFileError, SeveralErrors) as error:
        output.complain(output.reason(error, lang))
        return draft
