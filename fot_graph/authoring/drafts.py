"""Drafts: claims that somebody or something proposed, in lines, which no graph has until a person accepts them.

They stand in `drafts.md` beside the text. The names that a draft brings stand in a section right before its claim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.authoring.formatting import formatted
from fot_graph.core import files
from fot_graph.core.resources import is_there, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "drafts.md"
CLAIM_NAME = re.compile(r"(?m)^## (\S+)[ \t]*$")
_NAMES = re.compile(r"(?m)^# (?:Names|Namen)[ \t]*\n")


class Draft(NamedTuple):
    """A draft: its claim in lines, the lines of names that it brings, and the heading of these, as the file has it."""

    claim: str
    names: tuple[str, ...] = ()
    heading: str = "# Names"

    @property
    def name(self) -> str:
        """The name of its claim."""
        return self.claim.partition("\n")[0].removeprefix("## ")

    @property
    def text(self) -> str:
        """All of it, in lines."""
        named = [self.heading, "\n".join(f"- {line}" for line in self.names)] if self.names else []
        return "\n\n".join([*named, self.claim])

    def renamed(self, name: str) -> Draft:
        """Give it with another name."""
        return self._replace(claim=f"## {name}\n{self.claim.partition(chr(10))[2]}")


def read(folder: Path) -> list[Draft]:
    """Read the drafts of a document; none where it has none. Raises: `ClaimsFileError`, `InputFileError`."""
    file = folder / FILE
    return split(formatted(file, read_text(file))) if is_there(file) else []


def split(text: str) -> list[Draft]:
    """Give the claims of a text in canonical form as drafts, each with the names right before it."""
    found: list[Draft] = []
    names, heading = "", ""
    for part in _sections(text):
        if part.startswith("## "):
            lines = tuple(line.removeprefix("- ") for line in names.splitlines() if line.strip())
            found.append(Draft(part.strip(), lines, heading or "# Names"))
            names, heading = "", ""
        elif _NAMES.match(part):
            heading, _, names = part.partition("\n")
    return found


def _sections(text: str) -> list[str]:
    """Give a text by its headings; a '#' in fenced code begins none."""
    sections, fence = [""], ""
    for line in text.splitlines(keepends=True):
        marks = re.match(r"`{3,}", line)
        if marks and (not fence or line.strip() == fence):
            fence = "" if fence else marks[0]
        if not fence and re.match(r"#{1,2} ", line):
            sections.append("")
        sections[-1] += line
    return sections


def write(folder: Path, drafts: Iterable[Draft]) -> None:
    """Write the drafts of a document in the place of those that it has. Raises: `OutputFileError`."""
    files.write(folder / FILE, "\n\n".join(draft.text for draft in drafts) + "\n")


def add(folder: Path, drafts: Iterable[Draft]) -> None:
    """Add drafts to those that a document has, each once. Raises: as `read` and `write`."""
    there = read(folder)
    bodies = {draft.renamed("").claim for draft in there}
    write(folder, [*there, *(draft for draft in drafts if draft.renamed("").claim not in bodies)])


def joined(claims: str, drafts: Iterable[Draft]) -> str:
    """Put drafts behind claims in lines, and the names that they bring, each once, among the names."""
    new = [*drafts]
    there = set(claims.splitlines())
    lines = dict.fromkeys(f"- {line}\n" for draft in new for line in draft.names if f"- {line}" not in there)
    found = _NAMES.search(claims)
    if lines and found:
        claims = f"{claims[: found.end()]}\n{''.join(lines)}{claims[found.end() :].lstrip()}"
    elif lines:
        claims = f"{new[0].heading}\n\n{''.join(lines)}\n{claims}"
    return "\n\n".join([claims.rstrip(), *(draft.claim for draft in new)]).lstrip() + "\n"
