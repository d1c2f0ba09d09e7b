"""What a reader sees of evidence: quotes with their place, who says so, why, and what no claim says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from packaged import PACKAGED, curie, expand
from pyoxigraph import Literal, NamedNode

from fot_graph.api import Graph, load
from fot_graph.core import tables
from fot_graph.core.resources import folder
from fot_graph.evidence import wording
from fot_graph.evidence.claims import Claim, Evidence, Passage, read
from fot_graph.formats import citation, results
from fot_graph.formats.turtle import turtle

DOCUMENT = "vp-sv-2019-2020-358"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def lines(graph: Graph, claim: str, lang: str) -> list[str]:
    """Give the lines about a claim, indented."""
    iri = expand(f"claim:{claim}")
    said = wording.Reader(graph.labels(lang), lang, curie).claim(read(graph.store, [iri])[iri])
    return ["  " * line.depth + line.text for line in said]


def test_a_claim_shows_its_quote_with_its_place_and_who_says_so(graph: Graph) -> None:
    assert lines(graph, f"{DOCUMENT}/consolidate", "nl") == [
        "“Wat goed loopt, wil ik zo maximaal mogelijk consolideren en mainstreamen.” (antwoord 3-7, regel 126)",
        f"— de antwoordende minister, gesteld; schriftelijke vraag 358 (claim:{DOCUMENT}/consolidate)",
    ]


def test_an_interpretation_shows_its_reasons_in_the_language_of_the_reader(graph: Graph) -> None:
    *quoted, said, rationale, bases = lines(graph, f"{DOCUMENT}/flanking-informs-explore", "en")
    assert [line.rpartition("(")[2] for line in quoted] == ["answer 2, line 114)", "answer 3-7, line 163)"]
    assert said.startswith("— the editors of fot_graph, interpreted; written question 358 (claim:")
    assert rationale.startswith("  rationale: ")
    assert bases == "  derives from: explore, flanking"
    nl = lines(graph, f"{DOCUMENT}/flanking-informs-explore", "nl")
    assert nl[-2].startswith("  motivering: Volgens de studie vullen de projecten onder meer het")
    assert nl[-1] == "  volgt uit: explore, flanking"


def test_a_calculation_shows_the_quotes_that_it_starts_from(graph: Graph) -> None:
    said, how, *bases = lines(graph, f"{DOCUMENT}/total-hrm-2016-2019-files", "en")
    assert said == f"— the editors of fot_graph, computed (claim:{DOCUMENT}/total-hrm-2016-2019-files)"
    assert how == (
        "  calculated from (by SELECT (SUM(?n) AS ?value) "
        "WHERE { ?figure fot:countOf counted:advice-files ; sdmx-measure:obsValue ?n }):"
    )
    assert "    “2016 443 707.315,48 nvt nvt” (answer 2, line 65)" in bases
    assert len([line for line in bases if line.startswith("    — the available administrative data, reported")]) == 4


def test_background_shows_the_address_of_its_source(graph: Graph) -> None:
    assert lines(graph, "background/tracks", "en") == [
        "— IDEA Consult: project page on the interim evaluation, background (claim:background/tracks)",
        "  https://ideaconsult.be/en/projects/intermediate-process-evaluation-focus-on-talent-policy",
    ]
    both = lines(graph, "background/esf-call", "nl")
    assert both[2] == "  bron: werk.be: ESF-oproep Focus op talent"


@pytest.mark.parametrize(
    ("evidence", "en", "nl"),
    [
        (
            Evidence((), ["document", "naming"]),
            ["no claim needed: names and types, document structure"],
            ["geen bewering nodig: namen en types, structuur van het document"],
        ),
        (
            Evidence((), ["ontology", "provenance"]),
            ["no claim needed: ontology, what the graph says of its claims"],
            ["geen bewering nodig: ontologie, wat de graaf over zijn beweringen zegt"],
        ),
        (Evidence(), ["no claim needed: the query itself says it"], ["geen bewering nodig: de query zegt het zelf"]),
        (
            Evidence((), ["naming"], 1158, more=True),
            ["rests on absence: nothing found among 1,158 claims", "and more"],
            ["steunt op afwezigheid: niets gevonden in 1.158 beweringen", "en meer"],
        ),
        (
            Evidence((), (), 12, sought=[(NamedNode("urn:a"), NamedNode("urn:p"), Literal("?x"))]),
            ["rests on absence: nothing found among 12 claims (looked for: urn:a – urn:p – ?x)"],
            ["steunt op afwezigheid: niets gevonden in 12 beweringen (gezocht: urn:a – urn:p – ?x)"],
        ),
        (
            Evidence((), (), 1),
            ["rests on absence: nothing found in 1 claim"],
            ["steunt op afwezigheid: niets gevonden in 1 bewering"],
        ),
    ],
)
def test_what_no_claim_says_is_said_in_words(evidence: Evidence, en: list[str], nl: list[str]) -> None:
    for lang, expected in ("en", en), ("nl", nl):
        assert [line.text for line in wording.Reader({}, lang, curie).lines(evidence)] == expected


PASSAGE = Passage("urn:p", "a quote of some length", "urn:d", 3, 25, 7, "urn:i")
ONE, OTHER = Claim("urn:one", "urn:stated", "urn:who", (PASSAGE,)), Claim("urn:other", "urn:stated", "urn:who")


def test_derivations_are_numbered_when_there_are_several() -> None:
    evidence = Evidence([(ONE,), (OTHER,)])
    reader = wording.Reader({"urn:i": "answer 1"}, "nl", curie)
    assert [f"{line.depth} {line.text}" for line in reader.lines(evidence)] == [
        "0 1.",
        "1 “a quote of some length” (answer 1, regel 7)",
        "1 — urn:who, urn:stated; urn:d (urn:one)",
        "0 of 2.",
        "1 — urn:who, urn:stated (urn:other)",
    ]


def test_a_place_is_not_broken_over_lines() -> None:
    text = wording.laid_out(wording.Reader({"urn:i": "answer 3-7"}, "en", curie).claim(ONE), 40, 4)
    assert text == (
        "    “a quote of some length”\n      (answer 3-7, line 7)\n    — urn:who, urn:stated; urn:d\n      (urn:one)"
    )


def test_one_cell_holds_all_claims_with_a_bar_between() -> None:
    cell = wording.Reader({}, "en", name=str).cell(Evidence([(ONE, OTHER)], more=True))
    assert cell.split(" | ")[1:] == ["— urn:who, urn:stated (urn:other)", "and more"]


def test_what_was_calculated_from_is_shown_once_a_row() -> None:
    sums = [Claim(f"urn:sum-{n}", "urn:computed", "urn:who", derivation="SELECT", derived_from=(ONE,)) for n in (1, 2)]
    said = [line.text for line in wording.Reader({}, "en", curie).lines(Evidence([tuple(sums)]))]
    assert said.count("“a quote of some length” (urn:i, line 7)") == 1
    assert said[-1] == "— urn:who, urn:stated; urn:d (urn:one), see above"


def test_data_cannot_steer_the_terminal() -> None:
    hostile = Claim("urn:x", "urn:s", "urn:v", (PASSAGE._replace(quote="\x1b[31mred"),), (("en", "\x07"),))
    assert not {"\x1b", "\x07"} & set(wording.laid_out(wording.Reader({}, "en", curie).claim(hostile), None))


OWN = "de\u00adze e\u0301n\u200bﬁets\u200d “nu” \ue001"  # soft hyphen, zero-width, ligature, private use


@pytest.mark.parametrize("steering", ["\x1b", "\x00", "\x9b", "\x7f", "\u202e", "\u2066"])
def test_what_steers_is_replaced_and_the_rest_is_the_texts_own(steering: str) -> None:
    for shown in (tables.one_line, tables.markdown):
        assert shown(f"{OWN}{steering}") == f"{OWN}\ufffd"


def test_a_quote_is_shown_cited_and_exported_in_the_characters_of_its_text(tmp_path: Path) -> None:
    folder_ = folder("data") / "documents" / DOCUMENT
    place = Path(shutil.copytree(folder_, tmp_path / DOCUMENT))
    text = (place / "source.txt").read_text(encoding="utf-8")
    own = "werden de KPI’s ver\u00adhoo\u200bg\u200dd."
    (place / "source.txt").write_text(text.replace("werden de \nKPI’s verhoogd.", f"{own}\n"), encoding="utf-8")
    graph = load([place, *sorted((folder("data") / "background").glob("*.trig"))])
    answer = graph.query(f"SELECT ?quote {{ <{expand(f'claim:{DOCUMENT}/kpis-raised')}> fot:quote ?quote }}")
    for format_ in ("table", "csv", "tsv", "md", "json", "xml"):
        shown = results.render(answer, format_, "nl", quotes=True)
        assert own in shown
        assert "\ufffd" not in shown
    for format_ in ("text", "md", "bibtex", "csl"):
        assert own in citation.cite(graph, "kpis-raised", format_)
    assert own in turtle((quad.triple for quad in graph.quads), PACKAGED)


def test_programs_get_what_there_is_and_no_more() -> None:
    passage = {"quote": PASSAGE.quote, "document": "urn:d", "start": 3, "end": 25, "line": 7, "item": "urn:i"}
    assert wording.as_object(ONE) == {
        "claim": "urn:one",
        "status": "urn:stated",
        "voice": "urn:who",
        "passages": [passage],
    }
    derived = wording.as_object(OTHER._replace(derived_from=(ONE,), sources=("urn:s",), rationale=(("nl", "om"),)))
    assert (derived["derivedFrom"], derived["source"]) == ([wording.as_object(ONE)], [{"iri": "urn:s"}])
    assert derived["rationale"] == {"nl": "om"}
    notes = wording.notes_as_object(Evidence([(ONE,), (OTHER,)], ["naming"], 0, more=True), every=True)
    assert (notes["context"], notes["absence"], notes["more"]) == (["naming"], {"claimsLookedAt": 0}, True)
    assert [[claim["claim"] for claim in alternative] for alternative in notes["derivations"]] == [
        ["urn:one"],
        ["urn:other"],
    ]
