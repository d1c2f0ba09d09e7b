"""Drafts that a person goes through: what is accepted moves to `claims.md`, what is rejected goes, the rest stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.authoring.formatting import formatted
from fot_graph.authoring.proposals import DRAFTS
from fot_graph.core import files
from fot_graph.core.errors import UsageError
from fot_graph.core.resources import is_there, read_text

if TYPE_CHECKING:
    from pathlib import Path


class Drafts:
    """The drafts of a document. Each decision is written at once, so that an interrupt loses nothing."""

    def __init__(self, place: Path) -> None:
        """Read them. Raises: `UsageError` where there are none, or the claims are no lines; `InputFileError`."""
        self._drafts, self._claims = place / DRAFTS, place / "claims.md"
        if is_there(place / "claims.trig"):
            raise UsageError("drafts-and-trig")
        if not is_there(self._drafts):
            raise UsageError("no-drafts")
        text = formatted(self._drafts, read_text(self._drafts))
        self.left = [f"## {part.strip()}" for part in re.split(r"(?m)^## ", text) if part.strip()]

    def accept(self, draft: str) -> None:
        """Put a draft among the claims, under a name that none of them has."""
        text = read_text(self._claims) if is_there(self._claims) else ""
        taken = set(re.findall(r"(?m)^## (\S+)", text))
        name = next(name for number in range(1, len(taken) + 2) if (name := f"claim-{number}") not in taken)
        _, _, rest = draft.partition("\n")
        files.write(self._claims, formatted(self._claims, f"{text}\n\n## {name}\n{rest}\n"))
        self.reject(draft)

    def reject(self, draft: str) -> None:
        """Take a draft away."""
        self.left.remove(draft)
        if self.left:
            files.write(self._drafts, "\n\n".join(self.left) + "\n")
        else:
            self._drafts.unlink(missing_ok=True)

    def changed(self, draft: str, facts: list[str]) -> str:
        """Give a draft with other facts. Raises: `ClaimsFileError` for lines that are none."""
        kept = [line for line in draft.splitlines() if not line.startswith("- ")]
        lines = [fact if fact.startswith("- ") else f"- {fact}" for fact in facts]
        return formatted(self._drafts, "\n".join([*kept, "", *lines, ""])).strip()
