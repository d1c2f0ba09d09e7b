"""The one order of statuses."""

from __future__ import annotations

import fot_graph
from fot_graph.core.namespaces import expand
from fot_graph.core.statuses import STATUSES, firmness_rank


def test_it_has_every_status_of_the_scheme() -> None:
    rows = fot_graph.load().query("SELECT ?status { ?status skos:inScheme <https://w3id.org/fot-graph/status> }").rows
    assert {str(status) for (status,) in rows} == {f"<{expand(f'status:{name}')}>" for name in STATUSES}


def test_a_status_goes_by_iri_curie_or_name_and_an_unknown_one_comes_last() -> None:
    given = ["https://example.org/sure", "status:asked", expand("status:premise"), "computed", "stated", ""]
    assert sorted(given, key=firmness_rank)[:4] == ["stated", "computed", expand("status:premise"), "status:asked"]
