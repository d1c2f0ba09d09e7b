"""What the lines of a `claims.md` mean, and what is said of lines that mean nothing."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from fot_graph.claims import documents, vocabulary
from fot_graph.claims.claims_md import blocks, compiling
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.layers import NAMING, PROVENANCE, read_layer
from fot_graph.core import limits
from fot_graph.core.errors import FotGraphError, SeveralErrors
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.resources import folder
from fot_graph.core.terms import node
from fot_graph.text import source as sources

if TYPE_CHECKING:
    from fot_graph.claims.claims_md.naming import Vocabulary

PLACE = Path("claims.md")
SPACES = Namespaces()
TEXT = """\
SCHRIFTELIJKE VRAAG
nr. 214
van LIEVE VERBEECK
datum: 8 januari 2024
aan KOEN MAERTENS
VLAAMS MINISTER VAN MOBILITEIT

Fietsplan Dijleland - Uitvoering

Het Fietsplan volgt op onder meer het Actieplan.

1. Hoeveel klachten waren er in 2023?

2. Wordt het Fietsplan bijgestuurd?
ANTWOORD
op vraag nr. 214 van 8 januari 2024
van LIEVE VERBEECK

1. Er waren 1.488 klachten in 2023.

2. - Neen. Het Fietsplan loopt tot 12 maart 2025.
"""
NAMES = """\
# Namen

- Lieve Verbeeck | persoon
- Koen Maertens | persoon | ook: Ik
- Fietsplan | programma | en: cycling plan | ook: het plan; plan
- Actieplan | programma | als: id:actieplan
- klachten | counted:
"""


@pytest.fixture(scope="module")
def shared() -> Vocabulary:
    quads = [*vocabulary.ontology(SPACES), *documents.read_names(folder("data") / "entities.ttl").quads]
    return vocabulary.of(quads, SPACES)


def compiled(claims: str, shared: Vocabulary, names: str = NAMES) -> compiling.Compiled:
    own = shared._replace(names=shared.names.within("plan"))
    return compiling.read(PLACE, f"{names}\n{claims}", sources.parse(TEXT), own)


def said(claims: str, shared: Vocabulary) -> set[str]:
    """Give the quads of the claims, short, without those of names."""

    def short(term: object) -> str:
        if isinstance(term, NamedNode):
            name = SPACES.shorten(term.value)
            return name.replace("claim:plan/", "c:").replace("doc:plan/", "this:").replace("doc:plan#", "part:")
        return str(term).replace("http://www.w3.org/2001/XMLSchema#", "xsd:")

    quads = [quad for quad in compiled(claims, shared).quads if quad.graph_name != NAMING]
    graphs = ("" if quad.graph_name == PROVENANCE else f"{short(quad.graph_name)} " for quad in quads)
    return {graph + " ".join(map(short, quad.triple)) for graph, quad in zip(graphs, quads, strict=True)}


FACTS = "## a\ngesteld door id:serv\n\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Fietsplan | volgt op | Actieplan", {"c:a this:fietsplan dcterms:replaces id:actieplan"}),
        ("- cycling plan | succeeds | id:actieplan", {"c:a this:fietsplan dcterms:replaces id:actieplan"}),
        ("* HET PLAN | dcterms:replaces | Actieplan", {"c:a this:fietsplan dcterms:replaces id:actieplan"}),
        ("1. plan | volgt op | <urn:x>", {"c:a this:fietsplan dcterms:replaces urn:x"}),
        (
            "- Fietsplan; Actieplan | volgt op | SERV; VDAB",
            {
                f"c:a {one} dcterms:replaces {two}"
                for one in ("this:fietsplan", "id:actieplan")
                for two in ("id:serv", "id:vdab")
            },
        ),
        ("- Fietsplan | volgt op |\n  Actieplan", {"c:a this:fietsplan dcterms:replaces id:actieplan"}),
        (
            "- Fietsplan | volgt op | Actieplan; …",
            {"c:a this:fietsplan dcterms:replaces id:actieplan", 'c:a fot:openList "true"^^<xsd:boolean>'},
        ),
        (
            "- Fietsplan | volgt op | SERV\n- | titel | Een plan",
            {"c:a this:fietsplan dcterms:replaces id:serv", 'c:a this:fietsplan dcterms:title "Een plan"@nl'},
        ),
        ("- vraag 2 | gaat uit van | Fietsplan", {"c:a part:question-2 fot:presupposes this:fietsplan"}),
        ("- de vraag | dcterms:issued | 8 januari 2024", {'c:a part:question dcterms:issued "2024-01-08"^^<xsd:date>'}),
        ("- Fietsplan | is een | programma", {"c:a this:fietsplan rdf:type fot:Programme"}),
        ("- Fietsplan | periode | 2023", {'c:a this:fietsplan sdmx-dimension:refPeriod "2023"^^<xsd:gYear>'}),
        ("- Fietsplan | waarde | 1.488", {'c:a this:fietsplan sdmx-measure:obsValue "1488"^^<xsd:integer>'}),
        ("- Fietsplan | waarde | 1,5", {'c:a this:fietsplan sdmx-measure:obsValue "1.5"^^<xsd:decimal>'}),
        (
            "- Fietsplan | waarde | € 28.433,60",
            {
                'c:a this:fietsplan sdmx-measure:obsValue "28433.60"^^<xsd:decimal>',
                "c:a this:fietsplan sdmx-attribute:unitMeasure unit:euro",
            },
        ),
        (
            "- Fietsplan | waarde | 34 %",
            {
                'c:a this:fietsplan sdmx-measure:obsValue "34"^^<xsd:integer>',
                "c:a this:fietsplan sdmx-attribute:unitMeasure unit:per-cent",
            },
        ),
        ("- Fietsplan | fot:monthDay | 30 september", {'c:a this:fietsplan fot:monthDay "--09-30"^^<xsd:gMonthDay>'}),
        ("- Fietsplan | betreft | maart 2024", {'c:a this:fietsplan fot:concerns "2024-03"^^<xsd:gYearMonth>'}),
        ("- Fietsplan | betreft | 3 jaar", {'c:a this:fietsplan fot:concerns "P3Y"^^<xsd:duration>'}),
        ('- Fietsplan | nummer | "007"', {'c:a this:fietsplan dcterms:identifier "007"'}),
        (
            '- Fietsplan | titel | "a; b | c"@en; d\\; e',
            {'c:a this:fietsplan dcterms:title "a; b | c"@en', 'c:a this:fietsplan dcterms:title "d; e"@nl'},
        ),
        (
            "- because nl: Zo: | is; het\n- omdat en: So",
            {'c:a fot:rationale "Zo: | is; het"@nl', 'c:a fot:rationale "So"@en'},
        ),
        ("- bron: SERV; VDAB", {"c:a dcterms:source id:serv", "c:a dcterms:source id:vdab"}),
        ("- afgeleid van: a; claim:b/c", {"c:a prov:wasDerivedFrom c:a", "c:a prov:wasDerivedFrom claim:b/c"}),
        ("```sparql\nASK {\n}\n```", {'c:a fot:derivation "ASK {\\n}"'}),
        ("```trig\nc:a { id:x fot:y 1 . }\n```", {'c:a id:x fot:y "1"^^<xsd:integer>'}),
    ],
)
def test_a_line_means_its_facts(line: str, expected: set[str], shared: Vocabulary) -> None:
    bare = {"c:a rdf:type fot:Claim", "c:a fot:status status:stated", "c:a fot:voice id:serv"}
    assert said(FACTS + line, shared) - bare == expected


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("> - Neen. Het", "- Neen. Het"),
        (r"> \- Neen. Het", "- Neen. Het"),
        (">1) een", "1) een"),
        (r"> 1\) een", "1) een"),
        ("> # kop", "# kop"),
        ("> ```", "```"),
        ("> over\n> regels", "over\nregels"),
        ("> over\nregels", "over\nregels"),
        ("> > aangehaald", "> aangehaald"),
        ("> *niet* vet \\* zo", "*niet* vet \\* zo"),
        (r"> onderwerp\: Fietsen", "onderwerp: Fietsen"),
        ("> [x]: http://a", "[x]: http://a"),
    ],
)
def test_a_quote_is_raw_text(quote: str, words: str, shared: Vocabulary) -> None:
    found = {
        q.object for q in compiled(f"{FACTS}{quote}\n", shared).quads if q.predicate.value.endswith("wasQuotedFrom")
    }
    assert found == {Literal(words)}


def test_a_quote_may_be_that_of_the_subject_or_the_object(shared: Vocabulary) -> None:
    found = said(f"{FACTS}> subject: een\n\n> voorwerp: twee\n", shared)
    assert {'c:a fot:subjectPassage "een"', 'c:a fot:objectPassage "twee"'} <= found


@pytest.mark.parametrize(
    ("quote", "status", "voice"),
    [
        ("Hoeveel klachten waren er in 2023?", "asked", "this:lieve-verbeeck"),
        ("Hoeveel klachten", "asked", "this:lieve-verbeeck"),
        ("Het Fietsplan volgt op onder meer het Actieplan.", "premise", "this:lieve-verbeeck"),
        ("Er waren 1.488 klachten", "stated", "this:koen-maertens"),
        ("Er waren 1.489 klachten in 2023", "stated", "this:koen-maertens"),  # which does not hold, but stands there
    ],
)
def test_the_place_tells_status_and_voice(quote: str, status: str, voice: str, shared: Vocabulary) -> None:
    found = said(f"## a\n\n> {quote}\n", shared)
    assert {f"c:a fot:status status:{status}", f"c:a fot:voice {voice}"} <= found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("geïnterpreteerd, sterk", {"status:interpreted", "id:editors", "strength:strong"}),
        ("reported by SERV", {"status:reported", "id:serv"}),
        ("door SERV", {"status:stated", "id:serv"}),
        ("premise", {"status:premise", "this:lieve-verbeeck"}),
        ("no claim", set()),
    ],
)
def test_a_line_below_the_heading_says_otherwise(line: str, expected: set[str], shared: Vocabulary) -> None:
    found = said(f"## a\n{line}\n\n> Er waren 1.488 klachten\n", shared)
    about = ("fot:status", "fot:voice", "fot:strength")
    assert {each.rpartition(" ")[2] for each in found if any(name in each for name in about)} == expected
    assert ("c:a rdf:type fot:NoClaim" in found) == (line == "no claim")


def test_names_may_stand_below_the_voices_that_use_them(shared: Vocabulary) -> None:
    voices, names = "# Stemmen\n\n- antwoord: de dienst\n\n", "# Namen\n\n- de dienst | organisatie | en: service\n\n"
    found = said(f"{voices}{names}## a\n> Er waren 1.488 klachten\n", shared)
    assert "c:a fot:voice this:de-dienst" in found


def test_voices_that_the_head_does_not_tell_are_given_once(shared: Vocabulary) -> None:
    found = said("# Stemmen\n\n- antwoord: SERV\n\n## a\n> Er waren 1.488 klachten\n", shared)
    assert "c:a fot:voice id:serv" in found


LETTER = """\
Geachte voorzitter,

Hierbij zend ik u de antwoorden op de vragen van het lid Bakker (XY) over fietsen (ingezonden 3 juni 2021).

De Staatssecretaris van Fietsen,

J. de Groot

2021Z09999

Vraag 1
Hoeveel klachten waren er?

Antwoord op vraag 1
Er waren 1.488 klachten.
"""


@pytest.mark.parametrize("name", ["J. de Groot", "Staatssecretaris van Fietsen", "staatssecretaris van fietsen"])
def test_who_answers_goes_by_name_or_by_office(name: str, shared: Vocabulary) -> None:
    own = shared._replace(names=shared.names.within("brief"))
    text = f"# Namen\n\n- {name} | persoon | als: this:x\n\n## a\n> Er waren 1.488 klachten.\n"
    quads = compiling.read(PLACE, text, sources.parse(LETTER), own).quads
    assert [q.object for q in quads if q.predicate == node("fot:voice")] == [NamedNode(own.names.iri("this:x"))]


def test_the_question_has_a_name_also_where_each_answer_follows_its_question(shared: Vocabulary) -> None:
    own = shared._replace(names=shared.names.within("brief"))
    names = "# Namen\n\n- J. de Groot | persoon | als: this:x\n\n"
    text = f"{names}## a\n> Er waren 1.488 klachten.\n\n- de vraag | door | this:x\n"
    quads = compiling.read(PLACE, text, sources.parse(LETTER), own).quads
    assert [quad.subject for quad in quads if quad.predicate == node("dcterms:creator")] == [
        NamedNode(own.names.iri("part:question"))
    ]


def test_who_answers_and_has_no_name_yet_is_offered_as_the_head_calls_them(shared: Vocabulary) -> None:
    own = shared._replace(names=shared.names.within("brief"))
    with pytest.raises(ClaimsFileError, match=r"J\. de Groot \| foaf:Person"):
        compiling.read(PLACE, "## a\n> Er waren 1.488 klachten.\n", sources.parse(LETTER), own)


def test_a_name_with_a_capital_is_the_same_in_each_language(shared: Vocabulary) -> None:
    labels = {
        (str(quad.subject).strip("<>").rpartition("/")[2], str(quad.object))
        for quad in compiled("", shared).quads
        if quad.predicate == node("skos:prefLabel")
    }
    assert {("lieve-verbeeck", '"Lieve Verbeeck"@nl'), ("lieve-verbeeck", '"Lieve Verbeeck"@en')} <= labels
    assert {label for thing, label in labels if thing == "fietsplan"} == {'"Fietsplan"@nl', '"cycling plan"@en'}
    assert {label for thing, label in labels if thing == "klachten"} == {'"klachten"@nl'}


def test_labels_in_a_language_that_the_workspace_has_none_in_are_words_of_the_source(shared: Vocabulary) -> None:
    french = sources.parse("Le plan est là et les cyclistes sont dans la rue.", languages=["fr"])
    own = shared._replace(names=shared.names.within("plan"))
    quads = compiling.read(PLACE, "# Names\n\n- le plan | programme | nl: het plan\n", french, own).quads
    told = {(SPACES.shorten(q.predicate.value), str(q.object)) for q in quads if isinstance(q.object, Literal)}
    assert told == {("skos:hiddenLabel", '"le plan"@fr'), ("skos:prefLabel", '"het plan"@nl')}


def test_a_concept_is_of_the_class_of_its_scheme(shared: Vocabulary) -> None:
    quads = compiled("", shared, f"{NAMES}- pendelaars | group:\n").quads
    kinds = {str(q.object) for q in quads if q.predicate == node("rdf:type") and "pendelaars" in str(q.subject)}
    assert kinds == {str(node("skos:Concept")), str(node("fot:Group"))}


def test_a_name_of_an_unknown_kind_is_one_mistake(shared: Vocabulary) -> None:
    with pytest.raises(ClaimsFileError) as caught:
        compiled(f"{FACTS}- Dijle | volgt op | Actieplan\n", shared, f"{NAMES}- Dijle | gebiedje\n")
    assert caught.value.code == "claims-unknown-kind"


@pytest.mark.parametrize(
    ("line", "value", "unit"),
    [
        ("- bedrag: 6,5 miljoen | klachten | plan", "6500000", "euro"),
        ("- bedrag: € 6,5 mln | klachten | plan", "6500000", "euro"),
        ("- bedrag: £ 2.000 | klachten | plan", "2000", "pound-sterling"),
        ("- bedrag: 3 miljard dollar | klachten | plan", "3000000000", "us-dollar"),
        ("- cijfer: 6,5 miljoen | klachten | plan", "6500000", ""),
    ],
)
def test_amounts_have_powers_of_ten_and_a_currency(line: str, value: str, unit: str, shared: Vocabulary) -> None:
    found = said(f"{FACTS}{line}\n", shared)
    assert [each for each in found if f'obsValue "{value}"' in each]
    assert [each.rpartition(":")[2] for each in found if "unitMeasure" in each] == ([unit] if unit else [])


def test_someone_else_than_the_speaker_may_promise(shared: Vocabulary) -> None:
    found = said(f"{FACTS}- toezegging: het plan uitbreiden | tegen 2025 | door: Koen Maertens\n", shared)
    assert "c:a this:koen-maertens fot:intends this:het-plan-uitbreiden" in found
    assert not [each for each in found if each.startswith("c:a id:serv fot:intends")]


@pytest.mark.parametrize("firmness", ["zonder voorbehoud", "toegezegd", "promised"])
def test_firmness_goes_by_each_of_its_names(firmness: str, shared: Vocabulary) -> None:
    found = said(f"{FACTS}- voornemen: het plan uitbreiden | {firmness}\n", shared)
    assert "c:a this:het-plan-uitbreiden fot:firmness firmness:promised" in found


def test_names_of_the_document(shared: Vocabulary) -> None:
    quads = [quad for quad in compiled("", shared).quads if quad.graph_name == NAMING]
    told = {" ".join(SPACES.shorten(t.value) if isinstance(t, NamedNode) else str(t) for t in q.triple) for q in quads}
    assert {
        "doc:plan/fietsplan rdf:type fot:Programme",
        'doc:plan/fietsplan skos:prefLabel "Fietsplan"@nl',
        'doc:plan/fietsplan skos:prefLabel "cycling plan"@en',
        'doc:plan/fietsplan skos:hiddenLabel "het plan"@nl',
        'id:actieplan skos:prefLabel "Actieplan"@nl',
        "counted:klachten rdf:type skos:Concept",
        "counted:klachten skos:inScheme https://w3id.org/fot-graph/counted",
    } <= told


def test_a_template_makes_its_figure(shared: Vocabulary) -> None:
    claims = "## in-2023\n> Er waren 1.488 klachten in 2023.\n\n- cijfer: 1.488 | klachten | Fietsplan | 2023\n"
    assert {
        'c:in-2023 this:figure-in-2023 sdmx-measure:obsValue "1488"^^<xsd:integer>',
        "c:in-2023 this:figure-in-2023 fot:countOf counted:klachten",
        "c:in-2023 this:figure-in-2023 fot:concerns this:fietsplan",
        'c:in-2023 this:figure-in-2023 sdmx-dimension:refPeriod "2023"^^<xsd:gYear>',
    } <= said(claims, shared)


def test_a_thing_without_a_name_in_a_language_goes_by_another(shared: Vocabulary) -> None:
    claims = "## b\n> Er waren 1.488 klachten in 2023.\n\n- cijfer: 1.488 | klachten | Fietsplan | 2023\n"
    labels = {str(quad.object) for quad in compiled(claims, shared).quads if quad.graph_name == NAMING}
    assert '"1,488 klachten, cycling plan, 2023"@en' in labels


# --- Mistakes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (
            "- oordeel: Qqqqqqq | beantwoord",
            12,
            "unknown name 'Qqqqqqq' (write first what asks about it: - question: this: Qqqqqqq)",
        ),
        (
            "- Fietsplam | volgt op | SERV",
            3,
            "unknown name 'Fietsplam' (did you mean Fietsplan? Or add, below '# Names', "
            "with its kind: - Fietsplam | KIND)",
        ),
        ("- Fietsplan | volgd op | SERV", 15, "unknown property 'volgd op' (did you mean volgt op?)"),
        (
            "- Fietsplan | volgt op | Qqqqqqq",
            26,
            "unknown name 'Qqqqqqq' (add it below '# Names', with its kind: - Qqqqqqq | KIND)",
        ),
        (
            "- Fietsplan | volgt op",
            3,
            "a fact has three parts, and this line has 2 (write '- subject | predicate | object; "
            "object', or a template, as in '- figure: …'; a '|' that parts nothing as '\\|')",
        ),
        (
            "- Fietsplan | volgt op | SERV;",
            31,
            "a name is missing here (write a label, an alias, or a CURIE such as id:some-name)",
        ),
        ("- | volgt op | SERV", 5, "the first fact of a claim names its subject (write it before the first '|')"),
        ("- cijfr: 3 | a", 3, "'cijfr' is no template and no property (did you mean cijfer?)"),
        ("- cijfer: 3 | klachten", 3, "the field 'wie' is missing (write '- cijfer: waarde | wat | wie | [periode]')"),
        (
            "- bedrag: 34 % | klachten | SERV",
            11,
            "'34 %' is no amount of money (write it as the source does: 28.433,60 euro, 6 million euro, £ 5)",
        ),
        (
            "- studie: de studie | verschenen: voorjaar 2019",
            35,
            "'voorjaar 2019' is no day (write a day with its month and year, as in 4 May 2023; "
            "where the source gives none, leave the field out)",
        ),
        (
            "- cijfer: veel | klachten | SERV",
            11,
            "'veel' is no number (write it as the source does, with its unit if it has one: "
            "488, 28.433,60 euro, 6 million, 12 %)",
        ),
        (
            "- cijfer: 3 | klachten | SERV | 2023 | x",
            40,
            "the template 'figure' has no field for this (write '- cijfer: waarde | wat | wie | [periode]')",
        ),
        (
            "- - x",
            3,
            "an item of a list is one line of text (begin a new item with '-', or a new heading with '##'; write a "
            "sign that begins a line with a backslash before it)",
        ),
        (
            "```turtle\n```",
            1,
            "code in 'turtle' says nothing here (```sparql holds the query of a calculation, below its claim; "
            "```trig holds statements that have no other form)",
        ),
    ],
)
def test_a_mistake_is_told_once_with_its_place(line: str, column: int, message: str, shared: Vocabulary) -> None:
    with pytest.raises(ClaimsFileError) as caught:
        compiled(f"{FACTS}{line}\n", shared, NAMES)
    assert str(caught.value) == f"claims.md:{NAMES.count(chr(10)) + 5}:{column}: {message}"
    assert caught.value.worded("nl").startswith(f"claims.md:{NAMES.count(chr(10)) + 5}:{column}: ")


def test_a_name_of_several_things_lists_them(shared: Vocabulary) -> None:
    with pytest.raises(ClaimsFileError) as caught:
        compiled(f"{FACTS}- Fietsplan | betreft | diversiteit\n", shared)
    first, *listed = str(caught.value).splitlines()
    assert first.endswith("'diversiteit' names more than one thing (write the CURIE of the one that is meant)")
    assert len(listed) == 2
    assert {line.split()[0].partition(":")[0] for line in listed} == {"theme", "advice"}
    assert all("(" in line for line in listed)  # with their kinds


def test_all_mistakes_are_told_each_once(shared: Vocabulary) -> None:
    lines = "- Qqqqq | volgt op | SERV\n- Qqqqq | volgt op | VDAB\n- SERV | wwwww | VDAB\n"
    with pytest.raises(SeveralErrors) as caught:
        compiled(FACTS + lines, shared)
    assert [each.code for each in caught.value.errors] == ["claims-unknown-thing", "claims-unknown-property"]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ("## a\nzeker\n\n> Er waren 1.488 klachten", "claims-unknown-word"),
        ("## a\nachtergrond\n", "claims-no-voice-of-others"),
        ("## a\n", "claims-no-status"),
        ("## a\ndoor SERV\n\n> Ja.\n\n## a\n", "claims-twice"),
        ("## ...\ndoor SERV", "claims-no-heading"),
        ("# Titel\n\n- SERV | volgt op | VDAB\n", "claims-outside-a-claim"),
        ("<div>vet</div>\n", "html-in-claims"),
        ("# Namen\n\nzonder streepje | persoon\n", "claims-name-parts"),
        ("# Namen\n\n- alleen een label\n", "claims-name-parts"),
        ("# Namen\n\n- label | wasda\n", "claims-unknown-kind"),
        ("# Namen\n\n- label | persoon | iets\n", "claims-name-cell"),
        ("# Namen\n\n- !!! | persoon\n", "claims-name-without-letters"),
        ("# Stemmen\n\n- minister: SERV\n", "claims-speaker"),
        (f"{FACTS}>  \n", "claims-empty-quote"),
        (f'{FACTS}- SERV | titel | "open\n', "claims-text"),
        (f'{FACTS}- SERV | titel | "a"b\n', "claims-text"),
        (f"{FACTS}```trig\n<a> <b\n```\n", "words"),
    ],
)
def test_what_means_nothing_is_an_error(claims: str, code: str, shared: Vocabulary) -> None:
    with pytest.raises(FotGraphError) as caught:
        compiled(claims, shared)
    errors = caught.value.errors if isinstance(caught.value, SeveralErrors) else [caught.value]
    assert [each.code for each in errors] == [code]
    for lang in ("nl", "en"):
        assert errors[0].worded(lang).startswith("claims.md:")


HOSTILE = (
    *(
        "> ",
        "- ",
        "> - ",
        "## a\n\n",
        "- x | y | z\n",
        "> a\n\n",
        "\t",
        "`",
        "```\n",
        "<!-- \n",
        '- "',
        "- \\|",
        "- a;",
        "*",
        "#",
    ),
    *(
        "- a: ",
        "- figure: ",
        "a, ",
        "by ",
        "- because nl: x\n",
        "&amp;",
        "[",
        "](",
        "\x0b",
        "\u2028",
        "- | | |\n",
        "1) ",
    ),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_take_no_time_and_end_in_an_error_at_most(piece: str, shared: Vocabulary) -> None:
    took = []
    for count in (2_000, 8_000):
        start = time.perf_counter()
        with suppress(FotGraphError):
            compiled(FACTS + piece * count + "\n", shared)
        took.append(time.perf_counter() - start)
    assert took[1] < 12 * took[0] + 0.5


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(FotGraphError) as caught:
        blocks.read(PLACE, " " * (limits.CLAIMS_MD_CHARACTERS + 1))
    assert caught.value.code == "long-text"


def test_a_document_reads_its_claims_from_either_file(tmp_path: Path) -> None:
    place = tmp_path / "plan"
    place.mkdir()
    (place / "source.txt").write_text(TEXT, encoding="utf-8")
    (place / "claims.md").write_text(
        f"{NAMES}\n## a\n\n> Er waren 1.488 klachten\n\n- Fietsplan | volgt op | Actieplan\n"
    )
    found = documents.read_document(place).quads
    assert any(quad.predicate.value.endswith("ontology#quote") for quad in found)
    (place / "claims.trig").write_text("")
    with pytest.raises(FotGraphError, match=r"claims\.trig and claims\.md"):
        documents.read_document(place)


def test_a_quote_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    place = tmp_path / "plan"
    place.mkdir()
    (place / "source.txt").write_text(TEXT, encoding="utf-8")
    (place / "claims.md").write_text(f"{NAMES}\n## a\n\n> Er waren 1.489 klachten\n", encoding="utf-8")
    with pytest.raises(FotGraphError) as caught:
        documents.read_document(place)
    assert str(caught.value).startswith(f"{place / 'claims.md'}:11:3: claim:plan/a: quote not found in the source: ")


def test_background_claims_may_be_lines_too(tmp_path: Path) -> None:
    file = tmp_path / "background" / "web.md"
    file.parent.mkdir()
    text = "# Bronnen\n\n- Een site | document | als: id:site\n\n## a\nachtergrond door Een site\n\n- bron: Een site\n"
    file.write_text(text, encoding="utf-8")
    trig = file.with_suffix(".trig")
    trig.write_text(
        "@prefix fot: <https://w3id.org/fot-graph/ontology#> . @prefix id: <https://w3id.org/fot-graph/id/> ."
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
        "id:site a <http://xmlns.com/foaf/0.1/Document> ; skos:prefLabel 'Een site'@nl , 'Een site'@en ."
        "<https://w3id.org/fot-graph/claim/background/a> a fot:Claim ; dcterms:source id:site ; fot:voice id:site ;"
        "fot:status <https://w3id.org/fot-graph/status/background> .",
        encoding="utf-8",
    )
    assert set(documents.read_claims(file).quads) == set(read_layer(trig, PROVENANCE))
