"""Grounding: how Dutch writes a value, whether a quote holds it, and whether a calculation comes out again."""

from __future__ import annotations

import pytest
from packaged import PACKAGED, PREFIXES, curie
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from fot_graph.api import load
from fot_graph.claims.layers import PROVENANCE
from fot_graph.validation.grounding import DENIED, UNGROUNDED, UNMENTIONED, UNQUOTED, facts

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def quads(text: str) -> list[Quad]:
    parsed = parse(PROLOGUE + text, RdfFormat.TRIG)
    in_graph = ((quad, quad.graph_name if isinstance(quad.graph_name, NamedNode) else PROVENANCE) for quad in parsed)
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad, graph in in_graph]


def found(text: str, predicate: NamedNode) -> list[str]:
    made = [triple.object for triple in facts(quads(text), PACKAGED) if triple.predicate == predicate]
    return sorted(term.value if isinstance(term, Literal) else curie(str(term)[1:-1]) for term in made)


def claim(said: str, *quotes: str, status: str = "stated") -> str:
    """Write a claim that says something, with quotes as they would stand after they were found."""
    passages = "".join(f'claim:p{number} prov:value "{quote}"@nl .\n' for number, quote in enumerate(quotes))
    quoted = "".join(f"claim:c prov:wasQuotedFrom claim:p{number} .\n" for number in range(len(quotes)))
    return f"{passages}{quoted}claim:c fot:status status:{status} .\nclaim:c {{ {said} }}"


@pytest.mark.parametrize(
    ("value", "quote", "missing"),
    [
        ("443", "2016 443 707.315,48 nvt nvt", []),
        ("443", "443.", []),
        ("443", "(443)", []),
        ("43", "2016 443 707.315,48", ["43"]),
        ("1", "Gent had 1 000 dossiers", ["1"]),
        ("1000", "Gent had 1 000 dossiers", []),
        ("234567", "Gent had 1 234 567 dossiers", ["234.567"]),
        ("12", "12 450,5 dossiers", []),
        ("443", "1.443 dossiers", ["443"]),
        ("443", "443,5 dossiers", ["443"]),
        ("443", "443.000 dossiers", ["443"]),
        ("443", "443⁄500 dossiers", ["443"]),
        ("443", "in _443_ dossiers", []),
        ("5", "kost 5 miljoen", ["5"]),
        ("5", "kost 5 à 6 mln.", ["5"]),
        ("5000000", "kost 5 miljoen", []),
        ("2", "na 2 ½ jaar", ["2"]),
        ("2.5", "na 2 ½ jaar", []),
        ("2.5", "na 2½ jaar", []),
        ("0.25", "na ¼ jaar", []),
        ("1500", "kost 1.500,00 in totaal", []),
        ("1500", "kost 1.500,000 in totaal", ["1.500"]),
        ("3", "artikel 3 bis", ["3"]),
        ("443", "in 443_5 dossiers", ["443"]),
        ('"2020-03-05"^^xsd:date', "op 5/03/2020", []),
        ('"2020-03-05"^^xsd:date', "op 05/3/2020", []),
        ('"2020-03-05"^^xsd:date', "op 15/03/2020", ["5 maart 2020"]),
        ('"2020-03-05"^^xsd:date', "op 05-03-2020", []),
        ('"2020-03-05"^^xsd:date', "op 5.3.2020.", []),
        ('"2020-03-05"^^xsd:date', "op 5.3.2020.1", ["5 maart 2020"]),
        ("707315.48", "2016 443 707.315,48 nvt", []),
        ("707315.48", "2016 443 1.707.315,48 nvt", ["707.315,48"]),
        ("707315.4", "2016 443 707.315,48 nvt", ["707.315,40"]),
        ("120000", "om 120.000 Vlamingen extra", []),
        ("120000", "om 120.000.000 Vlamingen extra", ["120.000"]),
        ('"2019-03-21"^^xsd:date', "gepubliceerd op 21 maart 2019)", []),
        ('"2019-03-01"^^xsd:date', "gepubliceerd op 21 maart 2019)", ["1 maart 2019"]),
        ('"--09-30"^^xsd:gMonthDay', "tot en met 30 september, wil ik", []),
        ('"2017"^^xsd:gYear', "2017 403", []),
        ('"2017"^^xsd:gYear', "12017 403", ["2017"]),
        ('"nvt"@nl', "2016 443 707.315,48 nvt nvt", []),
        ('"nvt"@nl', "2017 403", ["nvt"]),
        ('"P3Y"^^xsd:duration', "doorheen de 3 jaar ook", []),
        ('"P3Y"^^xsd:duration', "doorheen de 13 jaar ook", ["3 jaar"]),
        ('"tussentijdse evaluatie"@nl', "de “tussentijdse evaluatie”", []),
        ('"tussentijdse evaluatie"@nl', "de tussentijdse evaluaties", ["tussentijdse evaluatie"]),
        ('"tussentijdse evaluatie"@nl', "de niet-tussentijdse evaluatie", ["tussentijdse evaluatie"]),
        ("true", "geen woord erover", []),
    ],
)
def test_a_value_stands_in_the_quote_as_a_whole(value: str, quote: str, missing: list[str]) -> None:
    assert found(claim(f"id:a sdmx-measure:obsValue {value} .", quote), UNGROUNDED) == missing


@pytest.mark.parametrize(
    ("address", "missing"),
    [
        ("https://example.org/een-twee", []),
        ("https://example.org/een", ["https://example.org/een"]),
        ("https://example.org/een-twee-drie", ["https://example.org/een-twee-drie"]),
    ],
)
def test_an_address_stands_in_the_quote_whole_and_joined(address: str, missing: list[str]) -> None:
    said = f"id:a foaf:page <{address}> ."
    assert found(claim(said, "te vinden op https://example.org/een-\\ntwee."), UNGROUNDED) == missing


def test_any_of_the_quotes_will_do_but_not_two_together() -> None:
    assert found(claim("id:a sdmx-measure:obsValue 443 .", "de tabel", "443 dossiers"), UNGROUNDED) == []
    assert found(claim('id:a dcterms:title "de tabel telt" .', "de tabel", "telt 443"), UNGROUNDED) == ["de tabel telt"]


def test_a_quote_that_was_not_found_counts_as_it_is() -> None:
    said = "claim:c { id:a sdmx-measure:obsValue 443 }"
    text = f'claim:c fot:status status:stated ; prov:wasQuotedFrom "443 dossiers" . {said}'
    assert found(text, UNGROUNDED) == []


@pytest.mark.parametrize("status", ["interpreted", "computed", "background"])
def test_what_no_quote_says_need_not_stand_in_one(status: str) -> None:
    assert facts(quads(claim("id:a sdmx-measure:obsValue 443 .", "niets", status=status)), PACKAGED) == []


NAMES = """
id:serv a org:Organization ; skos:prefLabel "SERV"@nl , "Social and Economic Council"@en ;
    skos:altLabel "de raad"@nl ; skos:hiddenLabel "Sociaal-Economische  Raad"@nl .
id:finding a fot:Finding ; skos:prefLabel "een bevinding"@nl .
fot:Programme rdfs:subClassOf fot:Policy .
"""


@pytest.mark.parametrize(
    ("quote", "missing"),
    [
        ("een advies van de SERV", []),
        ("een advies van de serv.", []),
        ("volgens De Raad", []),
        ("volgens _de raad_.", []),
        ("de Sociaal-Economische\\n Raad van Vlaanderen", []),
        ("het SERV-advies", []),
        ("de niet-SERV-leden", ["id:serv"]),
        ("de Ex-SERV", ["id:serv"]),
        ("een SERV-vrije zone", ["id:serv"]),
        ("een SERV-vriend", []),
        ("een Codex-SERV", []),
        ("de SERVICE", ["id:serv"]),
        ("the Social and Economic Council", ["id:serv"]),
        ("niemand", ["id:serv"]),
    ],
)
def test_a_thing_is_mentioned_under_a_dutch_label(quote: str, missing: list[str]) -> None:
    assert found(NAMES + claim("id:finding fot:about id:serv .", quote), UNMENTIONED) == missing


@pytest.mark.parametrize(
    ("quote", "is_named"),
    [
        ("Het kost €1.500.", True),
        ("Het kost 1.500 EUR.", True),
        ("Het kost 3 euro's.", True),
        ("Het kost 1.500 frank.", False),
        ("Europa kost niets.", False),
    ],
)
def test_a_unit_is_mentioned_by_its_sign_or_its_words(quote: str, *, is_named: bool) -> None:
    label = '<https://w3id.org/fot-graph/unit/euro> skos:prefLabel "euro"@nl .'
    said = "id:a sdmx-attribute:unitMeasure <https://w3id.org/fot-graph/unit/euro> ."
    assert bool(found(label + claim(said, quote), UNMENTIONED)) is not is_named


@pytest.mark.parametrize(("quote", "missing"), [("de nieuwe convenanten", []), ("niets", ["id:covenants"])])
def test_what_curators_name_and_share_is_mentioned_by_wordings_of_a_source(quote: str, missing: list[str]) -> None:
    named = 'id:covenants a fot:Circumstance ; skos:prefLabel "er komen afspraken"@nl'
    said = claim("id:covenants fot:about id:nameless .", quote)
    worded = f'{named} ; skos:hiddenLabel "nieuwe convenanten"@nl . {said}'
    assert found(worded, UNMENTIONED) == missing
    assert found(worded.replace("id:covenants", "doc:d\\/covenants"), UNMENTIONED) == []
    assert found(f"{named} . {said}", UNMENTIONED) == []


@pytest.mark.parametrize(
    ("unit", "quote", "missing"),
    [
        ("", "34 verzoeken", []),
        ("", "34% van de verzoeken", ["34"]),
        ("", "34 procent van de verzoeken", ["34"]),
        ("", "€ 34 voor elk", ["34"]),
        ("", "34 euro voor elk", ["34"]),
        ("", "34 procenten en 34 verzoeken", []),
        ("", "34-36% van de verzoeken", ["34"]),
        ("", "34 à 36 procent van de verzoeken", ["34"]),
        ("per-cent", "34 tot 36 procent van de verzoeken", []),
        ("", "€ 30-34 voor elk", ["34"]),
        ("", "EUR 34 voor elk", ["34"]),
        ("", "kost 20 EUR 34 keer", []),
        ("euro", "EUR 34 voor elk", []),
        ("per-cent", "34% van de verzoeken", []),
        ("euro", "34% en 34 euro", []),
        ("euro", "34% van de 20 euro", ["34"]),
    ],
)
def test_a_percentage_or_an_amount_is_no_count(unit: str, quote: str, missing: list[str]) -> None:
    said = "id:a sdmx-measure:obsValue 34 ."
    said += f" id:a sdmx-attribute:unitMeasure <https://w3id.org/fot-graph/unit/{unit}> ." if unit else ""
    assert found(claim(said, quote), UNGROUNDED) == missing


@pytest.mark.parametrize(("kind", "missing"), [("fot:TableRow", []), ("doco:Sentence", ["1"])])
def test_plain_spaces_stand_between_the_cells_of_a_table(kind: str, missing: list[str]) -> None:
    row = f"claim:p0 fot:standsIn id:leaf . id:leaf a {kind} .\n"
    assert found(row + claim("id:a fot:value 1 .", "Gent 1 000"), UNGROUNDED) == missing


def test_what_has_no_label_has_no_name_to_be_mentioned() -> None:
    assert found(claim("id:a fot:about id:nameless .", "niets"), UNMENTIONED) == []


def named(label: str, said: str = "") -> str:
    """Write that a claim speaks of something that its document names."""
    return claim(f"<{PACKAGED.document('d')}/x> fot:about id:y . {said}", "vijftig bussen in 2024, zo blijkt") + (
        f'\n<{PACKAGED.document("d")}/x> skos:prefLabel {label} . id:y skos:prefLabel "plan 2018"@nl .'
    )


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        ('"50 bussen in 2024"@nl', []),
        ('"fifty buses in 2024"@en', []),
        ('"50 bussen in 2030"@nl', ["2030 (50 bussen in 2030)"]),
        ('"fifty buses in May 2024"@en', ["May (fifty buses in May 2024)"]),
        ('"sixty buses"@en', ["sixty (sixty buses)"]),
        ('"bussen, plan 2018, 8"@nl', []),  # a name of something else that it is about, and its value
        ('"wat vraag 6 vraagt"@nl', ["6 (wat vraag 6 vraagt)"]),
    ],
)
def test_a_name_of_a_document_has_the_figures_of_what_is_quoted(label: str, missing: list[str]) -> None:
    assert found(named(label, "id:y fot:value 8 ."), UNQUOTED) == missing


@pytest.mark.parametrize(
    ("said", "quote", "words"),
    [
        ("fot:stage stage:under-way", "De evaluatie loopt niet.", ["niet"]),
        ("fot:stage stage:under-way", "De evaluatie loopt.", []),
        ("fot:stage stage:not-started", "De evaluatie is nog niet gestart.", []),
        ("fot:verdict verdict:effective", "Het plan is niet effectief.", ["niet"]),
        ("fot:firmness firmness:promised", "Uiteraard zal ik dat niet doen.", ["niet"]),
    ],
)
def test_a_quote_that_denies_it_grounds_nothing(said: str, quote: str, words: list[str]) -> None:
    labels = """
        stage:under-way skos:prefLabel "loopt"@nl . stage:not-started skos:prefLabel "nog niet gestart"@nl .
        verdict:effective skos:prefLabel "effectief"@nl . firmness:promised skos:hiddenLabel "Uiteraard"@nl ."""
    assert found(claim(f"id:a {said} .", quote) + labels, DENIED) == words


def test_a_name_may_call_a_question_of_its_document_by_its_number() -> None:
    part = f'\n<{PACKAGED.document("d")}#question-6> skos:notation "6" .'
    assert found(named('"wat vraag 6 vraagt"@nl') + part, UNQUOTED) == []


def test_every_claim_of_the_data_is_grounded() -> None:
    made = facts(load().quads, PACKAGED)
    assert [str(triple) for triple in made] == []
