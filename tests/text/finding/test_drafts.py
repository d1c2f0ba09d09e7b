"""Drafts in an invented answer, and dated promises in the annotated texts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fot_graph.text.finding.drafts import drafts
from fot_graph.text.source import parse, read

FOLDER = os.environ.get("FOT_GRAPH_TEXTS", "")
DONE = (
    "In 2020 werd de nota afgewerkt.",
    "Sinds 2016 worden cijfers bijgehouden.",
    "In 2020 worden de cijfers bekendgemaakt.",  # said in 2021
    "Op 11 juni jl. was er een gesprek en dat wordt vervolgd.",
    "Het bureau heeft in 2022 laten weten dat de nota wordt gevolgd.",
    "De dienst ging in 2023 na of het kon, zodat kon worden aangegeven wie dat wou.",
)
HEAD = "SCHRIFTELIJKE VRAAG\nnr. 1\nvan AN DE SMET\ndatum: 1 maart 2021\n\nKansen\n\n1. Wat?\n\nANTWOORD\n\n1. "


@pytest.mark.parametrize(
    ("sentence", "kind", "part"),
    [
        ("Ik zal het plan tegen eind 2022 voorleggen.", "promise", ("date", "2022")),
        ("Dit jaar wordt de nota afgewerkt.", "promise", ("by-when", "Dit jaar")),
        ("De post wordt in 2025 vervangen door een kleine.", "promise", ("date", "2025")),
        ("Tegen eind 2021, zo beloof ik, zal het plan er zijn.", "promise", ("date", "2021")),
        ("Na validatie zal het plan worden ingevoerd.", "promise", ("by-when", "Na validatie")),
        ("Le plan sera publié en mars 2022.", "promise", ("date", "2022-03")),
        ("The plan will be published by June 2022.", "promise", ("date", "2022-06")),
        ("Momenteel loopt een evaluatie.", "evaluation", ("state", "under way")),
        ("Er zal een audit volgen.", "evaluation", ("state", "announced")),
        ("Deze cijfers zijn niet beschikbaar.", "refusal", ("words", "niet beschikbaar")),
        ("Ces chiffres ne sont pas disponibles.", "refusal", ("words", "pas disponibles")),
        ("This is not held centrally.", "refusal", ("words", "not held centrally")),
    ],
)
def test_a_sentence_of_an_answer_gives_a_draft(sentence: str, kind: str, part: tuple[str, str]) -> None:
    found = {draft.kind: draft.parts for draft in drafts(parse(HEAD + sentence + "\n"))}
    assert found["coverage"] == (("items", "1"),)
    assert part in found[kind]


@pytest.mark.parametrize("sentence", DONE)
def test_what_is_done_or_goes_on_is_no_promise(sentence: str) -> None:
    assert [draft.kind for draft in drafts(parse(HEAD + sentence + "\n"))] == ["coverage"]


def folded(text: str) -> str:
    return "".join(text.split())


@pytest.mark.skipif(not FOLDER, reason="FOT_GRAPH_TEXTS names no folder of annotated texts")
def test_dated_promises_are_all_proposed_and_most_proposals_are_right() -> None:
    right, proposed, missed = 0, 0, []
    for file in sorted(Path(FOLDER).glob("*/*.json")):
        gold = json.loads(file.read_text(encoding="utf-8")).get("promises") or []
        source = read(file.with_suffix(".txt"))
        spans = [each.span for each in drafts(source) if each.kind == "promise"]
        given = [folded(source.text[span.start : span.end]) for span in spans]
        quotes = [folded(entry["quote"]) for entry in gold]
        proposed += len(given)
        right += sum(any(quote in each or each in quote for quote in quotes) for each in given)
        sure = [folded(entry["quote"]) for entry in gold if entry["by_when"] and "doubt" not in entry]
        missed += [quote for quote in sure if not any(quote in each or each in quote for each in given)]
    assert not missed
    assert right >= 0.8 * proposed > 0
