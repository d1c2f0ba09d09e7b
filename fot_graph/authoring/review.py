"""What a person goes through: drafts, which become claims when they are accepted, and the claims of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.authoring import drafts, signing
from fot_graph.authoring.drafts import CLAIM_NAME, Draft, joined
from fot_graph.authoring.formatting import formatted
from fot_graph.authoring.gate import Desk, unlabelled
from fot_graph.claims.claims_md import blocks, compiling
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.standing import NO_CLAIM
from fot_graph.claims.claims_md.words import words_in
from fot_graph.claims.curation import curie_of
from fot_graph.core import files
from fot_graph.core.errors import UsageError
from fot_graph.core.resources import is_there
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from pathlib import Path

    from fot_graph.authoring.signing import Signature

_NO_CLAIM = re.compile(rf"\A## .*\n.*\b(?:{'|'.join(NO_CLAIM)})\b", re.IGNORECASE)


class Review:
    """The drafts of a document, or its claims that a person has not signed yet (`claims=True`).

    Each decision is written at once, so that an interrupt loses none. `left` is what is still to be gone through.
    """

    def __init__(self, place: Path, signature: Signature, *, claims: bool = False) -> None:
        """Read them.

        Raises: `UsageError` where there are none, where nobody is named who could sign, and where the claims are no
        lines; as `documents.read_document`.
        """
        if is_there(place / "claims.trig"):
            raise UsageError("drafts-and-trig")
        self._place, self._of_claims, self._curator = place, claims, signing.curator_of(place)
        self._signature = signature._replace(who=signature.who or self._curator)
        if claims and not self._signature.who:
            raise UsageError("review-by-nobody")
        self._desk = Desk.of(place)
        if not claims and not is_there(place / drafts.FILE):
            raise UsageError("no-drafts")
        self._lang = "nl" if self._desk.source.language == "nl" else "en"
        self._claims = formatted(self._desk.path, self._desk.claims)
        self._drafts = drafts.read(place)
        self.left = self._open_claims() if claims else self._open_drafts()

    @property
    def is_signed(self) -> bool:
        """Whether it is known who accepts."""
        return bool(self._signature.who)

    def accept(self, draft: Draft) -> None:
        """Put a draft among the claims, or sign a claim.

        Raises: `ClaimsFileError`, `SeveralErrors` for one that is unfit, or has code.
        """
        if self._of_claims:
            new = draft._replace(claim=self._signed(draft.claim, self._curator))
            claims = self._claims.replace(draft.claim, new.claim)
            self._write(joined(claims, [Draft("", self._names())]) if self._names() else claims)
        else:
            self._check_lines(draft)
            taken = set(CLAIM_NAME.findall(self._claims))
            numbered = (f"{draft.name}-{number}" for number in range(2, len(taken) + 3))
            named = draft.renamed(next(name for name in (draft.name, *numbered) if name not in taken))
            new = named._replace(claim=self._signed(named.claim, ""), names=(*named.names, *self._names()))
            self._write(joined(self._claims, [new]))
            self._keep([each for each in self._drafts if each != draft])
        self.left.remove(draft)

    def reject(self, draft: Draft) -> None:
        """Take a draft away, or make a draft of a claim."""
        if self._of_claims:
            claim = draft._replace(names=())
            self._keep([*self._drafts, claim])
            self._write(self._claims.replace(draft.claim, ""))
        else:
            self._keep([each for each in self._drafts if each != draft])
        self.left.remove(draft)

    def unlabelled(self) -> list[str]:
        """Give the languages of the workspace in which names of what was accepted have no label yet."""
        return unlabelled(self._desk, self._claims)

    def changed(self, draft: Draft, facts: list[str]) -> Draft:
        """Give a draft or a claim other facts. Raises: `ClaimsFileError`, `SeveralErrors` for lines that are none."""
        kept = [line for line in draft.claim.splitlines() if not line.startswith("- ")]
        lines = [fact if fact.startswith("- ") else f"- {fact}" for fact in facts]
        new = draft._replace(claim=formatted(self._desk.path, "\n".join([*kept, "", *lines, ""])).strip())
        if self._of_claims:
            self._write(self._claims.replace(draft.claim, new.claim))
        else:
            self._checked(joined(self._claims, [new]))
            self._keep([new if each == draft else each for each in self._drafts])
        self.left[self.left.index(draft)] = new
        return new

    def _check_lines(self, draft: Draft) -> None:
        """See that a draft says all in lines: code may say anything, of any claim. Raises: `ClaimsFileError`."""
        path = self._place / drafts.FILE
        for fence in (fence for section in blocks.read(path, draft.text) for fence in section.fences):
            raise ClaimsFileError(path, fence.line, 1, "draft-with-code")

    def _open_drafts(self) -> list[Draft]:
        """Give the drafts but for those that are claims already: an interrupt may come between the two files."""
        there = {_body(claim) for claim in drafts.split(self._claims)}
        return [draft for draft in self._drafts if _body(draft) not in there]

    def _open_claims(self) -> list[Draft]:
        """Give the claims that the person has not signed."""
        found = (claim._replace(names=()) for claim in drafts.split(self._claims) if not _NO_CLAIM.match(claim.claim))
        return [claim for claim in found if signing.is_open(claim.claim, self._signature, self._curator)]

    def _signed(self, claim: str, curator: str) -> str:
        return signing.signed(claim, self._signature, curator, self._lang) if self._signature.who else claim

    def _names(self) -> tuple[str, ...]:
        """Give the line that names the person who signs, unless the workspace or the document knows who that is."""
        who, known = self._signature.who, self._desk.written.vocabulary.names
        curie = curie_of(who)
        if not who or who in (curie, self._curator) or known.labels(known.iri(curie)):
            return ()
        person = known.label(node("foaf:Person").value, self._lang)
        return (f"{who} | {person} | {words_in(self._lang).address}: {curie}",)

    def _write(self, claims: str) -> None:
        new = self._checked(claims)
        files.write(self._desk.path, new)
        self._claims = new

    def _checked(self, claims: str) -> str:
        """Give claims in their canonical form. Raises: `ClaimsFileError`, `SeveralErrors` where they are none."""
        vocabulary = self._desk.written.vocabulary
        names = vocabulary.names.within(vocabulary.names.document)
        compiling.read(self._desk.path, claims, self._desk.source, vocabulary._replace(names=names))
        return formatted(self._desk.path, claims)

    def _keep(self, left: list[Draft]) -> None:
        self._drafts = left
        if left:
            drafts.write(self._place, left)
        else:
            (self._place / drafts.FILE).unlink(missing_ok=True)


def _body(draft: Draft) -> str:
    """Give what a draft says, without its name and what was signed."""
    return signing.unsigned(draft.renamed("").claim).strip()
