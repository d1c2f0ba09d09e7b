"""The addresses of the parts of a document."""

from __future__ import annotations

from pathlib import Path

from fot_graph.api import load
from fot_graph.text import source
from fot_graph.text.parts import is_part, parts

PATH = Path(__file__).parents[2] / "data/documents/vp-sv-2019-2020-358/source.txt"


def test_every_part_of_a_document_has_an_address_of_its_own_that_the_graph_gives_it_too() -> None:
    addresses = [address for _, address, _ in parts(source.read(PATH))]
    assert addresses[0] == ""
    assert len(set(addresses)) == len(addresses) > 100
    query = "SELECT DISTINCT ?part { ?part dcterms:isPartOf+ ?document . ?document a foaf:Document ; prov:value ?text }"
    graph = {str(part).strip("<>").partition("#")[2] for (part,) in load().query(query).rows}
    assert set(addresses[1:]) == graph
    by_number = [address for address in addresses[1:] if not address.startswith("char=")]
    assert by_number
    assert all(map(is_part, by_number))
