"""The errors of quotes: not in the source, more than once, or not at the edges of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.errors import FotGraphError
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class QuoteError(FotGraphError):
    """A quote that does not stand exactly once, in whole words, in its source. `claim` names the claim if known."""

    def __init__(self, quote: str, code: str, hint: str | None = None, claim: str = "", **data: object) -> None:
        self.quote, self.claim = quote, claim
        super().__init__(code, hint, **data)

    def _frame(self) -> str:
        return "quote-of-claim" if self.claim else "quote"

    def _fields(self) -> dict[str, object]:
        return {**super()._fields(), "shown": _shortened(self.quote)}


class QuoteNotFoundError(QuoteError):
    """A quote that the source does not hold; `nearest` is the source's most similar stretch of text.

    `cause` says what alone keeps it from being found, where that is one thing.
    """

    def __init__(self, quote: str, nearest: str, cause: Message | None = None, claim: str = "") -> None:
        self.nearest, self.cause = nearest, cause
        hint = "nearest-text-and-cause" if cause else "nearest-text"
        super().__init__(quote, "quote-not-found", hint, claim, stretch=_shortened(nearest, 400))


class QuoteAmbiguousError(QuoteError):
    """A quote that stands more than once; `starts` are the first character offsets where it does, `count` is how often.

    `overlooked` names what had to be overlooked to find the quote at all (the rules of `normalisation`).
    """

    def __init__(
        self, quote: str, starts: Iterable[int], count: int = 0, overlooked: Sequence[str] = (), claim: str = ""
    ) -> None:
        self.starts, self.overlooked = list(starts), list(overlooked)
        self.count = count or len(self.starts)
        places = ", ".join(map(str, self.starts[:_SHOWN_PLACES])) + (" …" if self.count > _SHOWN_PLACES else "")
        super().__init__(quote, "quote-ambiguous", None, claim, places=places, found=_rule_message(overlooked))


_SHOWN_PLACES = 5  # of a quote that stands in many


class QuoteDividesWordError(QuoteError):
    """A quote that begins or ends inside a word, number, date, code or address; `words` are these, as they stand.

    `overlooked` names what had to be overlooked to find the quote at all (the rules of `normalisation`).
    """

    def __init__(self, quote: str, words: Iterable[str], overlooked: Sequence[str] = (), claim: str = "") -> None:
        self.words, self.overlooked = list(words), list(overlooked)
        whole = [f"‘{_shortened(word, 60)}’" for word in self.words]
        super().__init__(quote, "quote-divides-word", None, claim, whole=whole, found=_rule_message(overlooked))


def _rule_message(overlooked: Sequence[str]) -> Message | str:
    return Message("found-by-overlooking", rules=[Message(rule) for rule in overlooked]) if overlooked else ""


def _shortened(text: str, width: int = 120) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= width else folded[: width - 1] + "…"
