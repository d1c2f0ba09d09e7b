"""What follows, for an item of the question, from the judgements on what it asks about."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from fot_graph.claims import vocabulary
from fot_graph.claims.claims_md import compiling
from fot_graph.claims.claims_md.assessing import DERIVATION
from fot_graph.claims.layers import PROVENANCE
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.terms import node
from fot_graph.text import source as sources

SPACES = Namespaces()
TEXT = """\
SCHRIFTELIJKE VRAAG
nr. 214
van LIEVE VERBEECK
datum: 8 januari 2024
aan KOEN MAERTENS
VLAAMS MINISTER VAN MOBILITEIT

Fietsplan

1. Hoeveel klachten waren er, en waarover?

2. Wordt het Fietsplan bijgestuurd?
ANTWOORD
op vraag nr. 214 van 8 januari 2024
van LIEVE VERBEECK

1. Er waren 1.488 klachten.

2. Neen.
"""
ASKS = """\
# Namen

- Lieve Verbeeck; Koen Maertens | persoon

## gevraagd
> Hoeveel klachten waren er, en waarover?

- vraag: hoeveel klachten
- vraag: waarover
"""


def judged(name: str, how: str) -> str:
    return f"""
## {name}-beoordeeld
geïnterpreteerd, sterk

> onderwerp: Hoeveel klachten waren er, en waarover?

- oordeel: {name} | assessment:{how}
- afgeleid van: gevraagd
"""


def compiled(claims: str) -> set[Quad]:
    known = vocabulary.of(vocabulary.ontology(SPACES), SPACES)
    own = known._replace(names=known.names.within("plan"))
    return set(compiling.read(Path("claims.md"), ASKS + claims, sources.parse(TEXT), own).quads)


ITEM = NamedNode(SPACES.expand("doc:plan#question-1"))
CLAIM = NamedNode(SPACES.expand("claim:plan/question-1-as-a-whole"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("answered", "answered"),
        ("answered", "not-answered"),
        ("partly-answered", "deferred"),
        ("deferred", "not-answered"),
        ("referred-elsewhere", "not-answered"),
        ("not-answered", "not-answered"),
        ("lapsed", "answered"),
        ("lapsed", "lapsed"),
    ],
)
def test_an_item_is_assessed_as_its_derivation_computes(first: str, second: str) -> None:
    quads = compiled(judged("hoeveel klachten", first) + judged("waarover", second))
    found = [quad.object for quad in quads if quad.subject == ITEM and quad.graph_name == CLAIM]
    store = Store()
    store.extend(Quad(*quad.triple) for quad in quads if quad.graph_name != CLAIM)
    rows = store.query(DERIVATION, prefixes=SPACES.prefixes)
    assert found == [row[0] for row in rows]  # type: ignore[union-attr]


def test_the_claim_names_what_it_derives_from() -> None:
    quads = compiled(judged("hoeveel klachten", "answered") + judged("waarover", "deferred"))
    names = ("gevraagd", "hoeveel-klachten-beoordeeld", "waarover-beoordeeld")
    derived = {NamedNode(SPACES.expand(f"claim:plan/{name}")) for name in names}
    assert {
        quad.object for quad in quads if quad.subject == CLAIM and quad.predicate == node("prov:wasDerivedFrom")
    } == (derived)
    assert Quad(CLAIM, node("fot:status"), node("status:computed"), PROVENANCE) in quads
    assert Quad(CLAIM, node("fot:derivation"), Literal(DERIVATION), PROVENANCE) in quads


def test_an_item_of_which_a_matter_is_not_judged_yet_is_not_assessed() -> None:
    assert CLAIM not in {quad.subject for quad in compiled(judged("waarover", "answered"))}


def test_what_the_file_says_itself_stays() -> None:
    own = "\n## zelf\nberekend\n\n- vraag 1 | beoordeeld als | assessment:deferred\n- afgeleid van: gevraagd\n"
    quads = compiled(judged("hoeveel klachten", "answered") + judged("waarover", "answered") + own)
    assert CLAIM not in {quad.subject for quad in quads}
