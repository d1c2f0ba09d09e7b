"""One document as RDF, on a small one with a broken address, two lettered items and the same triple in two claims."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaged import PREFIXES, curie, expand
from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.documents import read_claims, read_document
from fot_graph.claims.layers import DOCUMENT, NAMING, PROVENANCE, read_layer
from fot_graph.core.errors import InputFileError, RdfSyntaxError
from fot_graph.core.fragments import Span, parse_fragment
from fot_graph.core.quote_errors import QuoteAmbiguousError, QuoteNotFoundError
from fot_graph.core.resources import folder
from fot_graph.text.parts import is_part
from fot_graph.text.passages import joined_text, reflow

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
DOC = PREFIXES["doc"] + "vp-test-1"


def said(quads: list[Quad], subject: str, predicate: str) -> list[str]:
    """List what the quads say, in short."""
    about, by = NamedNode(expand(subject)), NamedNode(expand(predicate))
    return [short(quad.object) for quad in quads if quad.subject == about and quad.predicate == by]


def short(term: object) -> str:
    return (
        curie(term.value).replace("doc:vp-test-1", "")
        if isinstance(term, NamedNode)
        else str(getattr(term, "value", term))
    )


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return read_document(TINY).quads


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "vp-test-1"))


# --- Parts ---------------------------------------------------------------------------------------------------------


def test_the_document_is_described(quads: list[Quad]) -> None:
    assert said(quads, DOC, "rdf:type") == ["foaf:Document"]
    assert not said(quads, DOC, "dcterms:title"), "its head says so, in a claim: tests/claims/test_head_layer.py"
    assert said(quads, DOC, "dcterms:language") == ["nl"]
    assert said(quads, DOC, "prov:value") == [(TINY / "source.txt").read_text()]
    assert said(quads, DOC, "dcterms:hasPart") == ["#char=0,4", "#question", "#answer"]


@pytest.mark.parametrize(
    ("part", "kind", "whole"),
    [
        ("#question", "sro:InitiatiefrechtVraag", ""),
        ("#answer", "sro:InitiatiefrechtAntwoord", ""),
        ("#char=0,4", "fot:Heading", ""),
        ("#char=6,28", "doco:Title", "#question"),
        ("#paragraph-1", "doco:Paragraph", "#question"),
        ("#question-2b", "fot:QuestionItem", "#question"),
        ("#paragraph-4", "doco:Paragraph", "#question-2b"),
        ("#answer-2", "fot:AnswerItem", "#answer"),
    ],
)
def test_a_part_has_a_kind_and_a_whole(quads: list[Quad], part: str, kind: str, whole: str) -> None:
    assert said(quads, DOC + part, "rdf:type")[0] == kind
    assert said(quads, DOC + part, "dcterms:isPartOf") == [whole]
    assert said(quads, DOC + part, "oa:hasSource")[0] == ""


def test_items_are_numbered_and_read_without_markers(quads: list[Quad]) -> None:
    assert said(quads, DOC + "#question-2a", "skos:notation") == ["2a"]
    assert said(quads, DOC + "#question-2a", "prov:value") == ["Wie maakt hem?"]
    assert said(quads, DOC + "#answer-2", "prov:value") == ["Mijn administratie maakt hem. Ja."]


def test_an_answer_item_answers_the_items_that_it_names(quads: list[Quad]) -> None:
    assert said(quads, DOC + "#answer-1", "eli-dl:answers_to") == ["#question-1"]
    assert said(quads, DOC + "#answer-2", "eli-dl:answers_to") == ["#question-2a", "#question-2b"]
    assert said(quads, DOC + "#answer", "eli-dl:answers_to") == ["#question"]


def test_an_address_is_made_whole_and_ends_before_the_full_stop(quads: list[Quad]) -> None:
    found = [quad.object for quad in quads if quad.predicate == NamedNode(expand("dcterms:references"))]
    assert found == [NamedNode("https://example.org/de-barometer")]


@pytest.mark.parametrize("document", [TINY, *sorted((folder("data") / "documents").iterdir())])
def test_every_place_is_where_the_text_is(document: Path) -> None:
    """The range in an IRI, in the position selector, and the words: all three agree, for parts and passages."""
    read = read_document(document)
    selectors = {
        quad.object: quad.subject for quad in read.quads if quad.predicate == NamedNode(expand("oa:hasSelector"))
    }
    values = {quad.subject: quad.object for quad in read.quads if quad.predicate == NamedNode(expand("prov:value"))}
    ends = {quad.subject: quad.object for quad in read.quads if quad.predicate == NamedNode(expand("oa:end"))}
    starts = {quad.subject: quad.object for quad in read.quads if quad.predicate == NamedNode(expand("oa:start"))}
    assert len(starts) == len(ends) > 10
    for selector, start in starts.items():
        part = selectors[selector]
        fragment = str(part).strip("<>").partition("#")[2]
        if fragment.startswith("char="):
            span = parse_fragment(fragment)
            assert (short(start), short(ends[selector])) == (str(span.start), str(span.end))
            assert values[part] == Literal(reflow(read.source.text[span.start : span.end]), language="nl")


def test_all_terms_that_the_loader_uses_are_written_with_known_prefixes(quads: list[Quad]) -> None:
    terms = {quad.predicate.value for quad in quads if quad.graph_name == DOCUMENT}
    assert all(not curie(term).startswith("http") for term in terms)
    assert not [term for term in terms if curie(term) == term]


# --- Passages ------------------------------------------------------------------------------------------------------


def test_a_quote_becomes_a_passage(quads: list[Quad]) -> None:
    assert said(quads, "claim:vp-test-1/follows", "prov:wasQuotedFrom") == ["#char=30,84"]
    assert "fot:Passage" in said(quads, DOC + "#char=30,84", "rdf:type")
    assert said(quads, DOC + "#char=30,84", "fot:standsIn") == ["#char=30,84"]
    assert said(quads, DOC + "#char=30,84", "oa:hasSelector") == ["/position/30-84"] * 2 + ["/quote/30-84"]


def test_a_text_quote_is_verbatim_with_its_surroundings(quads: list[Quad]) -> None:
    quote = DOC + "/quote/30-84"
    assert said(quads, quote, "oa:exact") == ["De barometer volgt op\nonder meer het diversiteitsplan."]
    assert said(quads, quote, "oa:prefix") == ["WERK\n\nBarometer  -  Toekomst\n\n"]
    assert said(quads, quote, "oa:suffix") == ["\n\n1. Komt er een nieuwe barometer?"[:32]]


def test_a_passage_stands_in_each_sentence_that_it_touches(copy: Path) -> None:
    claims = (copy / "claims.trig").read_text()
    (copy / "claims.trig").write_text(claims.replace('"Mijn administratie"', '"maakt hem. Ja"'))
    found = read_document(copy).quads
    passage = said(found, "claim:vp-test-1/reading", "fot:objectPassage")
    assert len(said(found, DOC + passage[0], "fot:standsIn")) == 2


def test_a_passage_on_one_side_is_a_passage_of_the_claim_too(quads: list[Quad]) -> None:
    either = said(quads, "claim:vp-test-1/reading", "fot:subjectPassage") + said(
        quads, "claim:vp-test-1/reading", "fot:objectPassage"
    )
    assert said(quads, "claim:vp-test-1/reading", "prov:wasQuotedFrom") == either
    assert said(quads, "claim:vp-test-1/reading", "fot:subjectQuote") == ["een nieuwe barometer"]
    assert said(quads, "claim:vp-test-1/reading", "fot:objectQuote") == ["Mijn administratie"]
    assert said(quads, "claim:vp-test-1/reading", "fot:quote") == ["een nieuwe barometer […] Mijn administratie"]


def test_what_a_claim_quotes_stands_in_the_order_of_the_source(quads: list[Quad]) -> None:
    assert said(quads, "claim:vp-test-1/again", "fot:quote") == [
        "De barometer staat op […] Het is een goed instrument."
    ]


def test_a_note_that_a_passage_carries_no_claim_has_a_passage_but_no_wording(quads: list[Quad]) -> None:
    assert said(quads, "claim:vp-test-1/title", "prov:wasQuotedFrom") == ["#char=6,28"]
    assert said(quads, "claim:vp-test-1/title", "fot:quote") == []


TEXT = "Een twee  drie.\n\nVier vijf-\nzes zeven."


WORDS = [at for at, character in enumerate(TEXT) if not character.isspace()]
RANGES = st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(lambda ends: (min(ends), max(ends) + 1))


@given(st.sets(RANGES, min_size=1))
def test_joined_passages_hold_every_word_quoted_and_no_other(ranges: set[tuple[int, int]]) -> None:
    together = joined_text(TEXT, [Span(*span) for span in ranges])
    quoted = sorted({at for span in ranges for at in range(*span) if not TEXT[at].isspace()})
    assert "".join(together.replace("[…]", "").split()) == "".join(TEXT[at] for at in quoted)
    gaps = [TEXT[one + 1 : other] for one, other in pairwise(quoted)]
    assert together.count(" […] ") == sum(bool(gap.strip()) for gap in gaps)


def test_passages_come_in_the_order_of_the_source(quads: list[Quad]) -> None:
    passages = [str(quad.subject) for quad in quads if quad.object == NamedNode(expand("fot:Passage"))]
    spans = [parse_fragment(iri.strip("<>").partition("#")[2]) for iri in passages]
    assert spans == sorted(spans)


def test_a_passage_may_be_given_by_its_iri(copy: Path) -> None:
    """As in an exported graph; what it reads is what the text has there."""
    more = f"c:follows prov:wasQuotedFrom <{DOC}#char=0,4> ."
    (copy / "claims.trig").write_text((copy / "claims.trig").read_text() + more)
    found = read_document(copy).quads
    assert "#char=0,4" in said(found, "claim:vp-test-1/follows", "prov:wasQuotedFrom")
    assert "fot:Passage" in said(found, f"{DOC}#char=0,4", "rdf:type")
    assert set(said(found, f"{DOC}#char=0,4", "prov:value")) == {"WERK"}
    assert said(found, "claim:vp-test-1/follows", "fot:quote") == [
        "WERK […] De barometer volgt op onder meer het diversiteitsplan."
    ]


# --- Claims --------------------------------------------------------------------------------------------------------


def test_a_claim_mentions_the_things_in_its_triples(quads: list[Quad]) -> None:
    assert said(quads, "claim:vp-test-1/follows", "fot:mentions") == ["id:barometer", "id:plan"]


def test_claims_keep_their_graph_and_their_lexical_forms(quads: list[Quad]) -> None:
    claim = NamedNode(expand("claim:vp-test-1/follows"))
    assert [str(quad.object) for quad in quads if quad.graph_name == claim] == [
        f"<{PREFIXES['id']}plan>",
        f'"007"^^<{PREFIXES["xsd"]}integer>',
    ]


def test_every_quad_stands_in_a_named_graph(quads: list[Quad]) -> None:
    assert {curie(getattr(quad.graph_name, "value", "")).partition("/")[0] for quad in quads} == {
        "graph:document",
        "graph:provenance",
        "claim:vp-test-1",
    }


def test_the_same_files_give_the_same_quads() -> None:
    assert list(map(str, read_document(TINY).quads)) == list(map(str, read_document(TINY).quads))


def test_layers_of_an_exported_graph_mention_nothing(tmp_path: Path) -> None:
    (tmp_path / "all.trig").write_text(
        f"<{NAMING.value}> {{ <urn:a> <urn:b> <urn:c> }} <urn:g> {{ <urn:a> <urn:b> 1 }}"
    )
    mentions = [quad for quad in read_claims(tmp_path / "all.trig").quads if quad.graph_name == PROVENANCE]
    assert [(str(quad.subject), str(quad.object)) for quad in mentions] == [("<urn:g>", "<urn:a>")]


# --- Mistakes ------------------------------------------------------------------------------------------------------


def test_a_quote_that_is_missing_names_the_claim(copy: Path) -> None:
    claims = (copy / "claims.trig").read_text()
    (copy / "claims.trig").write_text(claims.replace("goed instrument.", "slecht instrument."))
    with pytest.raises(
        QuoteNotFoundError, match=r"^claim:vp-test-1/again: quote not found .*nearest text: “Het is een"
    ):
        read_document(copy)


def test_all_bad_quotes_are_collected_on_request_and_stay_literals(copy: Path) -> None:
    claims = (copy / "claims.trig").read_text().replace('"goed instrument"', '"barometer"').replace('"Mijn ', '"Onze ')
    (copy / "claims.trig").write_text(claims)
    read = read_document(copy, strict=False)
    assert [(type(problem), problem.claim) for problem in read.problems] == [
        (QuoteAmbiguousError, "claim:vp-test-1/again"),
        (QuoteNotFoundError, "claim:vp-test-1/reading"),
    ]
    assert said(read.quads, "claim:vp-test-1/reading", "fot:objectPassage") == ["Onze administratie"]
    assert said(read.quads, "claim:vp-test-1/reading", "fot:objectQuote") == []
    with pytest.raises(QuoteAmbiguousError):
        read_document(copy)


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("@prefix a: <urn:a> .\na:b a:c\n  d:e a:f .", 3, 3, "The prefix d: has not been declared"),
        ("<urn:a> <urn:b> 'é😀' <urn:c> .", 1, 22, "A dot is expected"),
        ("<urn:g> { <urn:a> <urn:b> <urn:c>", 1, 34, "Unexpected end"),
        ("<a> <urn:b> <urn:c> .", 1, 1, "No scheme found"),
    ],
)
def test_bad_rdf_is_shown_where_it_is(tmp_path: Path, text: str, line: int, column: int, reason: str) -> None:
    file = tmp_path / "bad.trig"
    file.write_text(text)
    with pytest.raises(RdfSyntaxError) as caught:
        read_claims(file)
    assert caught.value.reason.startswith(reason)
    assert (caught.value.path, caught.value.line, caught.value.column) == (str(file), line, column)


@pytest.mark.parametrize("name", ["file.rdf", "file.json", "file.TTL", "file"])
def test_other_files_are_no_rdf_here(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(InputFileError, match="does not end in"):
        read_layer(tmp_path / name, NAMING)


@pytest.mark.parametrize("name", ["file.ttl", "file.trig", "file.nt", "file.nq"])
def test_the_default_graph_becomes_the_layer_whatever_the_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .")
    quad = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NAMING)
    assert read_layer(tmp_path / name, NAMING) == [quad]


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "file.ttl").write_text("_:a <urn:b> <urn:c> .")
    twice = read_layer(tmp_path / "file.ttl", NAMING) + read_layer(tmp_path / "file.ttl", NAMING)
    assert len({quad.subject for quad in twice}) == 2


def test_deep_triple_terms_do_not_break_the_parser(tmp_path: Path) -> None:
    (tmp_path / "file.ttl").write_text("<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 30_000)
    with pytest.raises(InputFileError, match="more than 1000 triple terms"):
        read_layer(tmp_path / "file.ttl", NAMING)


@pytest.mark.parametrize("name", ["source.txt", "claims.trig"])
def test_both_files_are_utf8(copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"\xff\xfe")
    with pytest.raises(InputFileError, match="byte 0 is not UTF-8"):
        read_document(copy)


def test_the_text_is_needed_and_claims_that_are_named(copy: Path) -> None:
    for name, claims in (("claims.trig", "claims.trig"), ("source.txt", "")):
        (copy / name).unlink()
        with pytest.raises(InputFileError, match=name):
            read_document(copy, claims)


def test_a_document_without_claims_is_its_text(copy: Path) -> None:
    (copy / "claims.trig").unlink()
    read = read_document(copy)
    assert read.source.title
    assert {quad.graph_name for quad in read.quads} == {DOCUMENT}


def test_a_text_that_is_no_written_question_is_a_document_too(copy: Path) -> None:
    (copy / "source.txt").write_text("Hallo.")
    (copy / "claims.trig").write_text("")
    document = read_document(copy)
    assert document.source.layout == "plain"
    assert said(document.quads, f"{DOC}#char=0,6", "rdf:type") == ["doco:Sentence"]
    assert said(document.quads, f"{DOC}#paragraph-1", "dcterms:isPartOf") == [""]


def test_the_folder_at_hand_has_a_name_too(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    assert read_document(Path()).id == "vp-test-1"


def test_a_folder_name_must_fit_an_iri(copy: Path) -> None:
    with pytest.raises(InputFileError, match="cannot stand in an IRI"):
        read_document(copy.rename(copy.with_name("mijn document")))


# --- Texts of other parliaments -------------------------------------------------------------------------------------

QUESTIONS = sorted((Path(__file__).parents[1] / "text" / "questions").glob("*.txt"))


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_any_text_is_a_document_whose_parts_have_addresses_of_their_own(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "q-1"
    folder.mkdir()
    (folder / "source.txt").write_bytes(file.read_bytes())
    (folder / "claims.trig").write_text("")
    document = read_document(folder)
    part_of, within = NamedNode(expand("dcterms:isPartOf")), NamedNode(expand("oa:hasSelector"))
    parts = [quad.subject for quad in document.quads if quad.predicate == part_of]
    assert parts
    assert len(parts) == len(set(parts))
    text = expand("doc:q-1")
    assert {str(part)[1:-1].partition("#")[0] for part in parts} == {text}
    fragments = [str(part)[1:-1].partition("#")[2] for part in parts]
    assert all(is_part(fragment) for fragment in fragments if not fragment.startswith("char="))
    placed = [quad.subject for quad in document.quads if quad.predicate == within]
    wholes = {NamedNode(f"{text}#question"), NamedNode(f"{text}#answer")}
    assert set(parts) - set(placed) <= wholes
    halves = {half for half in wholes if half in parts}
    answered = {quad.subject for quad in document.quads if quad.predicate == NamedNode(expand("eli-dl:answers_to"))}
    items = [unit for unit in document.source.answer_items() if document.source.answered_by(unit)]
    assert len(answered) >= len(items) + (len(halves) == 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("flemish-table", {"nl": "schriftelijke vraag 7", "en": "written question 7"}),
        (
            "tweede-kamer-letter-of-a-ministry",
            {"nl": "schriftelijke vraag van Bos, 5 juli 2021", "en": "written question by Bos, 5 July 2021"},
        ),
        ("belgian-chamber-lost-lines", {"nl": "Fietspaden. - Verlichting."}),
        ("plain-report", {}),
    ],
)
def test_a_document_goes_by_number_else_by_who_asks_else_by_title(
    text: str, names: dict[str, str], tmp_path: Path
) -> None:
    questions = Path(__file__).parents[1] / "text" / "questions"
    shutil.copy(questions / f"{text}.txt", tmp_path / "source.txt")
    document, name = NamedNode(expand(f"doc:{tmp_path.name}")), NamedNode(expand("rdfs:label"))
    found = [
        quad.object for quad in read_document(tmp_path).quads if (quad.subject, quad.predicate) == (document, name)
    ]
    assert {each.language: each.value for each in found if isinstance(each, Literal)} == names
