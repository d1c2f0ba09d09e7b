"""A citation says whose words it quotes, where they stand, and nothing that the document does not say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import fastjsonschema
import pytest
from bibtexparser.entrypoint import parse_string
from pyoxigraph import Literal, RdfFormat, parse

from fot_graph.api import Graph, load
from fot_graph.cli.main import main
from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.resources import folder
from fot_graph.evidence.claims import read as read_claims
from fot_graph.formats import cited_claim
from fot_graph.formats.bibliography import Author, Work, bibtex, csl
from fot_graph.formats.citation import cite

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = "https://w3id.org/fot-graph/doc/vp-sv-2019-2020-358"
CLAIM = "https://w3id.org/fot-graph/claim/vp-sv-2019-2020-358"
# csl-data.json of CSL 1.0.2 (github.com/citation-style-language/schema, MIT), by which reference managers read
SCHEMA = json.loads((Path(__file__).parents[1] / "fixtures" / "csl-data.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.fixture(scope="module")
def valid() -> Callable[[object], object]:
    check: Callable[[object], object] = fastjsonschema.compile(SCHEMA)
    return check


def claims(graph: Graph) -> list[str]:
    rows = graph.query("SELECT (STR(?claim) AS ?iri) { ?claim a fot:Claim } ORDER BY ?claim").rows
    return [row[0].value for row in rows if isinstance(row[0], Literal)]


# --- What is said ----------------------------------------------------------------------------------------------------


def test_a_premise_is_the_questioners(graph: Graph) -> None:
    assert cite(graph, "predecessors") == (
        "“Het programma Focus op Talent werd tijdens de vorige legislatuur geïntroduceerd als opvolger van onder meer "
        "de diversiteitsconsulenten en Jobkanaal.” (Tom Ongena, the question).\n"
        "In: Tom Ongena, “Focus op Talent-beleid - Hervorming”, written question 358 of 12 February 2020, with the "
        f"answer. The address of the official page is not known. {DOCUMENT}#char=76,225\n"
        f"Claim in fot_graph, premise of the question: {CLAIM}/predecessors\n"
        "Curated by the editors of fot_graph, 28 November 2026. Not yet reviewed.\n"
    )


def test_in_dutch_all_of_it_is_dutch(graph: Graph) -> None:
    assert cite(graph, "evaluation-of-programme", lang="nl") == (
        "“Werd reeds een evaluatie-oefening van Focus op Talent opgestart?” (Tom Ongena, vraag 1); "
        "“Ja.” (de antwoordende minister, antwoord 1).\n"
        "In: Tom Ongena, “Focus op Talent-beleid - Hervorming”, schriftelijke vraag 358 van 12 februari 2020, met het "
        "antwoord. Het adres van de officiële pagina is niet bekend. "
        f"{DOCUMENT}#char=271,335 {DOCUMENT}#char=1541,1544\n"
        f"Bewering in fot_graph, gesteld: {CLAIM}/evaluation-of-programme\n"
        "Opgetekend door de redactie van fot_graph, 28 november 2026. Nog niet nagekeken.\n"
    )


def test_the_official_page_is_told_where_it_is_known(tmp_path: Path) -> None:
    copy = shutil.copytree(folder("data") / "documents" / "vp-sv-2019-2020-358", tmp_path / "vp-sv-2019-2020-358")
    (copy / "document.toml").write_text('address = "https://example.org/question?id=358"', encoding="utf-8")
    graph = load(copy)
    assert "with the answer. Official page: https://example.org/question?id=358 https://" in cite(graph, "predecessors")
    for format_ in ("md", "bibtex", "csl", "ris"):
        cited = cite(graph, "predecessors", format_, lang="nl")
        assert "example.org/question?id=358" in cited.replace("\\", "")
        assert "niet bekend" not in cited


@pytest.mark.parametrize(
    ("name", "lang", "speaker"),
    [
        (
            "efficiency-gains",
            "en",
            "interim evaluation of track 3 (VIONA study), as reported by the answering minister",
        ),
        ("agreement-support", "en", "the Flemish coalition agreement, as quoted by the answering minister"),
        ("use-2017-hrm", "nl", "de beschikbare administratieve data, zoals weergegeven door de antwoordende minister"),
        ("agreement-support", "nl", "het Vlaamse regeerakkoord, zoals geciteerd door de antwoordende minister"),
        ("asks-evaluator", "en", "Tom Ongena"),
        ("consolidate", "en", "the answering minister"),
    ],
)
def test_relayed_words_go_to_whom_the_answer_relays(graph: Graph, name: str, lang: str, speaker: str) -> None:
    cited = cited_claim.citation(graph, cited_claim.find(graph, name), lang)
    assert {words.speaker for words in cited.words} == {speaker}


def test_an_interpretation_is_the_editors_with_the_words_of_others_and_the_reasons(graph: Graph) -> None:
    text = cite(graph, "little-steering-informs-content-direction")
    assert text.startswith("Reading by the editors of fot_graph: the partners experience too little steering from")
    assert (
        "Talent.” (interim evaluation of track 3 (VIONA study), as reported by the answering minister, answer 2);"
        in text
    )
    assert "viona-onderzoek.” (the answering minister, answer 3-7).\n" in text
    assert "\nReasons: The partners miss steering from a coherent vision" in text


def test_a_computed_claim_quotes_what_it_is_computed_from(graph: Graph) -> None:
    text = cite(graph, "total-hrm-2017-2019-files")
    assert text.startswith("Calculation by the editors of fot_graph: HRM advice files 2017–2019 – concerns HRM;")
    assert "value 1,288" in text
    assert "2017 403 609.407,71 9 28.433,60 2018 433 668.537,28 15 29.525,31" in text
    assert "2016 443" not in text
    query = "SELECT (SUM(?n) AS ?value) WHERE { ?figure fot:countOf counted:advice-files ; sdmx-measure:obsValue ?n }"
    assert f"\nCalculation, in SPARQL:\n{query}\n" in text
    assert "claim:vp-sv-2019-2020-358/use-2017-hrm, claim:vp-sv-2019-2020-358/use-2018-hrm" in text


def test_background_names_its_source_and_quotes_nothing(graph: Graph) -> None:
    lines = cite(graph, "background/coalition-goals").splitlines()
    assert lines[:2] == [
        "De Tijd, 30 September 2019.",
        "“Naar een Vlaamse werkzaamheidsgraad van 80% in 2030” (Over.Werk: article on an employment rate of 80%).",
    ]
    assert lines[2].startswith(
        "Not quoted; in the words of fot_graph: 120,000 more people in Flanders at work – unit people; value"
    )
    assert "358" not in "".join(lines)


def test_a_date_of_a_source_is_said_once(graph: Graph) -> None:
    first = cite(graph, "barometer-groups").splitlines()[0]
    assert first == (
        "Statistics Flanders: Focus op Talent barometer, disadvantaged groups in figures 2016, 13 July 2017. "
        "https://statistiekvlaanderen.be/focus-op-talent-barometer-kansengroepen-in-cijfers-2016"
    )


def test_the_answer_has_no_date_and_the_minister_no_name(graph: Graph) -> None:
    formats = media_types.formats_holding(media_types.CITATION)
    told = "".join(cite(graph, iri, format_) for iri in claims(graph) for format_ in formats if CLAIM in iri)
    assert "Crevits" not in cite(graph, "consolidate")
    assert set(re.findall(r"question 358 of ([^,]+),", told)) == {"12 February 2020"}


# --- Every claim in every form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_claim_has_its_quotes_and_its_address(graph: Graph, lang: str) -> None:
    for iri in claims(graph):
        cited = cited_claim.citation(graph, iri, lang)
        text = cite(graph, iri, "text", lang)
        assert iri in text
        assert all(words.quote in text for words in cited.words)
        assert all(words.speaker and words.place for words in cited.words if not words.quote.isupper())  # the heading
        assert cited.words or cited.sources
        assert {passage.iri for passage in cited.claim.passages} <= set(text.split())


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_claim_is_valid_csl(graph: Graph, valid: Callable[[object], object], lang: str) -> None:
    for iri in claims(graph):
        items = json.loads(cite(graph, iri, "csl", lang))
        valid(items)
        assert {item["type"] for item in items} <= {"document", "webpage", "dataset"}
        assert all(iri in item["note"] or iri == item["URL"] for item in items)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_claim_parses_as_bibtex(graph: Graph, lang: str) -> None:
    for iri in claims(graph):
        library = parse_string(cite(graph, iri, "bibtex", lang))
        assert not library.failed_blocks
        assert len(library.entries) == len(json.loads(cite(graph, iri, "csl", lang)))
        assert all("note" in entry.fields_dict and "title" in entry.fields_dict for entry in library.entries)


def test_a_question_in_bibtex(graph: Graph) -> None:
    assert cite(graph, "predecessors", "bibtex").startswith(
        "@misc{vp-sv-2019-2020-358-predecessors,\n"
        "  author = {Ongena, Tom},\n"
        "  title = {{Focus op Talent-beleid - Hervorming}},\n"
        "  howpublished = {Written question 358},\n"
        "  year = {2020},\n"
        "  month = feb,\n"
        "  date = {2020-02-12},\n"
        f"  url = {{{DOCUMENT}#char=76,225}},\n"
        "  langid = {dutch},\n"
    )


def test_a_question_in_csl(graph: Graph) -> None:
    (item,) = json.loads(cite(graph, "predecessors", "csl", "nl"))
    assert "(Tom Ongena, de vraag)" in item.pop("note")
    assert item == {
        "id": "vp-sv-2019-2020-358-predecessors",
        "type": "document",
        "title": "Focus op Talent-beleid - Hervorming",
        "author": [{"family": "Ongena", "given": "Tom"}],
        "genre": "Schriftelijke vraag",
        "number": "358",
        "issued": {"date-parts": [[2020, 2, 12]]},
        "URL": f"{DOCUMENT}#char=76,225",
        "language": "nl",
    }


@pytest.mark.parametrize(
    ("name", "english", "dutch"),
    [
        ("predecessors", [{"family": "Ongena", "given": "Tom"}], [{"family": "Ongena", "given": "Tom"}]),
        ("consolidate", [{"literal": "the answering minister"}], [{"literal": "de antwoordende minister"}]),
        (
            "added-value",
            [{"literal": "interim evaluation of track 3 (VIONA study)"}],
            [{"literal": "tussentijdse evaluatie van spoor 3 (VIONA-onderzoek)"}],
        ),
        (
            "agreement-support",
            [{"literal": "the Flemish coalition agreement"}],
            [{"literal": "het Vlaamse regeerakkoord"}],
        ),
    ],
)
def test_the_author_is_whose_words_are_cited(
    graph: Graph, name: str, english: list[dict[str, str]], dutch: list[dict[str, str]]
) -> None:
    for lang, authors in (("en", english), ("nl", dutch)):
        (item,) = json.loads(cite(graph, name, "csl", lang))
        assert item["author"] == authors
        assert f": Tom Ongena, “{item['title']}”" in item["note"]  # whose question it stands in
        (entry,) = parse_string(cite(graph, name, "bibtex", lang)).entries
        assert all(part in entry["author"] for author in authors for part in author.values())


def test_words_taken_up_from_the_question_stay_those_of_the_questioner(graph: Graph) -> None:
    both = [iri for iri in claims(graph) if len(json.loads(cite(graph, iri, "csl"))[0].get("author", ())) > 1]
    assert both
    for iri in both:
        authors = json.loads(cite(graph, iri, "csl"))[0]["author"]
        assert {"family": "Ongena", "given": "Tom"} in authors


def test_markdown_quotes_and_links(graph: Graph) -> None:
    text = cite(graph, "evaluation-of-programme", "md")
    assert "> “Ja.”\n>\n> — the answering minister, answer 1, [char=1541,1544](" in text
    assert "\nIn: Tom Ongena, “Focus op Talent-beleid - Hervorming”, written question 358 of" in text
    last = "Curated by the editors of fot\\_graph, 28 November 2026. Not yet reviewed.\n"
    assert text.endswith(f"<{CLAIM}/evaluation-of-programme>\n\n{last}")


# --- Lists of references ---------------------------------------------------------------------------------------------


def test_bibtex_escapes_what_tex_would_read() -> None:
    text = bibtex([Work("k", "document", r"100% {a}_b & c$d #e ~f ^g \h")])
    assert r"title = {{100\% \{a\}\_b \& c\$d \#e \textasciitilde{}f \textasciicircum{}g \textbackslash{}h}}" in text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Author("Tom Ongena", person=True), {"family": "Ongena", "given": "Tom"}),
        (Author("Jan Van den Berghe", person=True), {"literal": "Jan Van den Berghe"}),  # where to cut, nobody can tell
        (Author("Idea Consult"), {"literal": "Idea Consult"}),
    ],
)
def test_only_a_name_that_has_two_words_is_parted(name: Author, shown: dict[str, str]) -> None:
    assert json.loads(csl([Work("k", "document", "t", (name,))]))[0]["author"] == [shown]


@pytest.mark.parametrize(("issued", "parts"), [("2020", [2020]), ("2020-02", [2020, 2]), ("2020-02-12", [2020, 2, 12])])
def test_a_date_is_as_exact_as_it_is_known(issued: str, parts: list[int]) -> None:
    work = Work("k", "document", "t", issued=issued)
    assert json.loads(csl([work]))[0]["issued"] == {"date-parts": [parts]}
    assert ("date = " in bibtex([work])) == (len(parts) == 3)


# --- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["study", f"{CLAIM}/study", f"<{CLAIM}/study>", "claim:vp-sv-2019-2020-358/study"])
def test_a_claim_goes_by_any_of_its_names(graph: Graph, name: str) -> None:
    assert cited_claim.find(graph, name) == f"{CLAIM}/study"


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("predcessors", UnknownNameError, r"unknown claim 'predcessors' \(did you mean predecessors\?\)"),
        ("xyzzyq", UnknownNameError, r"unknown claim 'xyzzyq' \(fot-graph coverage lists"),
        ("SERV", UsageError, r"id:serv is no claim \(fot-graph show id:serv gives the claims that speak of it\)"),
        ('") } #', UnknownNameError, "unknown claim"),
    ],
)
def test_what_is_no_claim_is_told(graph: Graph, name: str, kind: type[UsageError], message: str) -> None:
    with pytest.raises(kind, match=message):
        cite(graph, name)


def test_a_name_of_several_claims_lists_them(graph: Graph) -> None:
    more = [quad for quad in graph.quads if quad.subject.value == f"{CLAIM}/study"]  # type: ignore[union-attr]
    text = "\n".join(f"{quad} ." for quad in [*graph.quads, *more])
    twice = text + "\n" + "\n".join(f"{quad} .".replace("claim/vp-sv", "claim/other") for quad in more)
    with pytest.raises(UsageError, match=r"'study' names more than one claim \(choose one of claim:other"):
        cite(Graph(parse(twice, RdfFormat.N_QUADS), graph.sources), "study")


def test_an_unknown_format(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean bibtex"):
        cite(graph, "study", "bibtx")


@pytest.mark.parametrize(
    ("name", "start"), [("a.bib", "@misc{"), ("a.json", "["), ("a.md", "> “"), ("a.txt", "“"), ("a.ris", "TY  - ")]
)
def test_the_name_of_the_file_chooses_the_format(tmp_path: Path, name: str, start: str) -> None:
    assert main(["cite", "predecessors", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_ris_has_one_line_a_field(graph: Graph) -> None:
    for iri in claims(graph):
        lines = cite(graph, iri, "ris").splitlines()
        assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in lines)
        assert lines[0].startswith("TY  - ")
        assert lines[-1] == "ER  - "
    assert "AU  - Ongena, Tom\n" in cite(graph, "predecessors", "ris")
    assert "DA  - 2020/02/12/\n" in cite(graph, "predecessors", "ris")


def test_a_text_with_pages_is_cited_by_page_and_line(tmp_path: Path) -> None:
    copy = shutil.copytree(Path(__file__).parents[1] / "fixtures" / "vp-test-1", tmp_path / "vp-test-1")
    text = (copy / "source.txt").read_text(encoding="utf-8")
    before, _, after = text.partition("ANTWOORD")
    (copy / "source.txt").write_text(f"{before.rstrip()}\n\fANTWOORD{after}", encoding="utf-8")
    graph = load(copy)
    places = {}
    for iri in claims(graph):
        for passage in read_claims(graph.store, [iri])[iri].passages:
            place = graph.sources["vp-test-1"].place(passage.start)
            assert (passage.page, passage.page_line) == place
            places[place.page] = iri, place
    assert sorted(places) == [1, 2]
    for claim, place in places.values():
        for lang, words in (("en", "page {}, line {}"), ("nl", "blz. {}, regel {}")):
            assert words.format(*place) in cite(graph, claim, lang=lang)


def test_a_question_whose_own_day_is_not_known_is_cited_with_that_of_its_answer() -> None:
    foreign = load(Path(__file__).parents[1] / "documents" / "other-parliaments")
    claim = next(iri for iri in claims(foreign) if "/repair-workshops/" in iri)
    assert "written question 47, answered on 11 March 2032, with the answer." in cite(foreign, claim)
    assert "schriftelijke vraag 47, beantwoord op 11 maart 2032, met het antwoord." in cite(foreign, claim, lang="nl")
    assert "2032" in cite(foreign, claim, "csl").partition('"issued"')[2]
