"""What a picture shows: what is said of a thing, the answer to a question, findings with the themes that they inform.

Each becomes a `Scene`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import networkx as nx
from pyoxigraph import NamedNode

from fot_graph.core.errors import UsageError
from fot_graph.core.namespaces import expand
from fot_graph.core.statuses import firmness_rank
from fot_graph.core.terms import display_text, text_of
from fot_graph.core.words import fill, texts
from fot_graph.formats.networkx import to_networkx
from fot_graph.formats.style import STRENGTH_WIDTHS, line, looks
from fot_graph.pictures.relations import boxes_and_lines, legend, status_class
from fot_graph.pictures.scene import Box, LegendEntry, Scene, SceneLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Unpack

    from fot_graph.stores.interface import StoredGraph

    Network = nx.MultiDiGraph[str]

MOST_THINGS = 60  # more boxes than this are mud, not a picture


class DrawnQuery(NamedTuple):
    """A query of which the answer is drawn, with the name of the question that it writes out, and the title."""

    name: str
    text: str
    title: str


class View(TypedDict, total=False):
    """What to show: at most one of a `focus`, a `query` and the `theme_map`; without them, everything."""

    lang: str
    focus: str | None
    hops: int
    query: DrawnQuery
    theme_map: bool
    statuses: Collection[str]


def scene(graph: StoredGraph, **view: Unpack[View]) -> Scene:
    """Give what a picture shows.

    `lang` is 'nl' or 'en' (the default). `focus` (anything that `Graph.find` finds) shows what lies within so many
    `hops` of it; `query` the things in the rows of its answer, and what joins them; `theme_map` the findings, by kind,
    with the themes and intentions that they inform. `statuses` leaves out claims of other statuses.

    >>> from fot_graph import load
    >>> scene(load(), focus="SERV").title
    'What the claims say about ‘SERV’'

    Raises: `UnknownNameError` for a language, focus or status that is not known; `UsageError` where there is nothing to
    draw, or more than `MOST_THINGS` things.
    """
    lang = view.get("lang", "en")
    asked = {"focus": view.get("focus"), "question": view.get("query"), "theme-map": view.get("theme_map")}
    chosen = [name for name, value in asked.items() if value]
    if len(chosen) > 1:
        raise UsageError("picture-of-one-thing", chosen=chosen)
    network = to_networkx(graph, lang=lang, statuses=view.get("statuses", ()))
    statuses = _statuses_note(graph, view, lang)
    if view.get("theme_map"):
        return _theme_map(graph, network, lang, statuses)
    part, columns, title = _chosen_part(graph, network, view, lang)
    if len(part) > MOST_THINGS:
        raise UsageError("too-many-things", _smaller_hint(view), count=len(part))
    focus = view.get("focus")
    boxes, lines = boxes_and_lines(part, columns, graph.namespaces.shorten(graph.find(focus).value) if focus else "")
    notes = [*statuses, *_source_note(graph, [edge["claim"] for _, _, edge in part.edges(data=True)], lang)]
    if any(edge["status"] == "status:background" for _, _, edge in part.edges(data=True)):
        notes = [texts("pictures", lang)["background"], *notes]
    keys = legend(graph, part, lang, texts("pictures", lang)["other"])
    return Scene(boxes, lines, title, lang, keys, tuple(notes))


# --- Things and what joins them --------------------------------------------------------------------------------------


def _chosen_part(graph: StoredGraph, network: Network, view: View, lang: str) -> tuple[Network, dict[str, int], str]:
    """Give the part of the network to show, the column of each thing in it, and the title."""
    words, focus, query = texts("pictures", lang), view.get("focus"), view.get("query")
    if query:
        return *_answer_things(graph, network, query), query.title
    if focus is None:
        return network, columns(network), words["all"]
    hops = view.get("hops", 1)
    around = to_networkx(graph, lang=lang, statuses=view.get("statuses", ()), focus=focus, hops=hops)
    name = graph.namespaces.shorten(graph.find(focus).value)
    title = words["focus" if hops == 1 else "hops"].format(around.nodes[name]["label"], hops)
    return around, _columns_around(around, name), title


def _answer_things(graph: StoredGraph, network: Network, query: DrawnQuery) -> tuple[Network, dict[str, int]]:
    """Give the things in a row of an answer, or named in its query, that a claim joins, and the column of each.

    It is the column of the answer where a thing stands first; what the query names goes before.
    """
    columns, together = _things_by_row(graph, network, query.text)
    part = network.copy()
    part.remove_edges_from([edge for edge in network.edges(keys=True) if (edge[0], edge[1]) not in together])
    part.remove_nodes_from([node for node, degree in [*part.degree()] if not degree])
    if not part:
        raise UsageError("nothing-joined-in-answer", name=query.name)
    numbers = {column: i for i, column in enumerate(sorted({columns[node] for node in part}))}
    return part, {node: numbers[columns[node]] for node in part}


def _things_by_row(graph: StoredGraph, network: Network, query: str) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """Give the column of each thing in an answer or in its query, and the pairs of things that share a row."""
    found = graph.execute(query)
    iris = {graph.namespaces.shorten(iri) for iri in found.iris}
    named = dict.fromkeys((node for node in network if node in iris), -1)
    columns: dict[str, int] = {}
    pairs: set[tuple[str, str]] = set()
    for row in found.found:
        nodes = [(i, term.value) for i, term in enumerate(row) if isinstance(term, NamedNode)]
        things = {**named, **{graph.namespaces.shorten(iri): i for i, iri in nodes}}
        pairs |= {(one, other) for one in things for other in things}
        columns = {**things, **columns}
    return columns, pairs


def columns(network: Network) -> dict[str, int]:
    """Put each part that hangs together to the left and right of the thing in it that most is said about."""
    columns: dict[str, int] = {}
    for part in nx.connected_components(_undirected(network)):
        middle = max(sorted(part), key=lambda node: len(network.in_edges(node)) + len(network.out_edges(node)))
        columns |= _columns_around(network, middle)
    return columns


def _columns_around(network: Network, middle: str) -> dict[str, int]:
    """Put what a thing points to on its right, what points to it on its left, and the rest further out."""
    columns = {middle: 0}
    for before, node in nx.bfs_edges(_undirected(network), middle):
        side = columns[before] or (1 if network.has_edge(middle, node) else -1)
        columns[node] = columns[before] + (1 if side > 0 else -1)
    first = min(columns.values())
    return {node: column - first for node, column in columns.items()}


def _undirected(network: Network) -> nx.Graph[str]:
    """Forget directions; networkx's own undirected view hands out neighbours in an order that differs by run."""
    return nx.Graph([(start, end) for start, end, _ in network.edges(keys=True)])


def _smaller_hint(view: View) -> str:
    if view.get("query"):
        return "draw-another-question"
    return "choose-a-focus" if view.get("focus") is None else "take-fewer-hops"


def _statuses_note(graph: StoredGraph, view: View, lang: str) -> list[str]:
    """Say to which statuses the picture was asked to keep."""
    statuses = [name.removeprefix("status:") for name in view.get("statuses", ())]
    names = [graph.label(expand(f"status:{name}"), lang) for name in statuses]
    return [texts("pictures", lang)["statuses"].format(", ".join(names))] if names else []


def _source_note(graph: StoredGraph, claims: Iterable[str], lang: str) -> list[str]:
    """Name the documents that claims (CURIEs) quote, or were calculated from, each with its date and its authors."""
    rows = graph.rows(_DOCUMENTS, [graph.namespaces.expand(claim) for claim in dict.fromkeys(claims)])
    labels, name = graph.labels(lang), graph.namespaces.shorten
    known: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (text_of(row["date"]), text_of(row["document"]))):
        told = [display_text(term, labels, {}, lang, name) for term in row if term]
        known.setdefault(text_of(row["document"]), []).extend(told)
    documents = "; ".join(", ".join(dict.fromkeys(each)) for each in known.values())
    return [texts("pictures", lang)["source"].format(documents)] if documents else []


# Two steps to what a calculation of sums was calculated from: Virtuoso finds nothing by a path of any length
_DOCUMENTS = """SELECT DISTINCT ?document ?date ?author {
  VALUES ?claim { {about} }
  { ?claim prov:wasQuotedFrom/oa:hasSource ?document }
  UNION { ?claim prov:wasDerivedFrom/prov:wasQuotedFrom/oa:hasSource ?document }
  UNION { ?claim prov:wasDerivedFrom/prov:wasDerivedFrom/prov:wasQuotedFrom/oa:hasSource ?document }
  OPTIONAL {
    ?question dcterms:isPartOf ?document ; a sro:InitiatiefrechtVraag .
    OPTIONAL { ?question dcterms:issued ?date }
    OPTIONAL { ?question dcterms:creator ?author }
  }
} ORDER BY ?document ?author"""


# --- Findings and themes ---------------------------------------------------------------------------------------------


class _Link(NamedTuple):
    """The status and the strength (CURIEs, '' for none) of the first claim that joins a finding to a theme."""

    status: str
    strength: str


def _theme_map(graph: StoredGraph, network: Network, lang: str, statuses: list[str]) -> Scene:
    """Put the findings on the left, by kind, and the themes and intentions that they inform on the right."""
    links = _links(graph, network)
    if not links:
        raise UsageError("no-theme-informed", None if statuses else "no-theme-informed-yet")
    full = to_networkx(graph, lang=lang)
    kinds = {start: end for start, end, edge in full.edges(data=True) if edge["predicate"] == "fot:findingKind"}
    kind_of = {finding: kinds.get(finding, "") for finding, _ in links}
    ranked = [kind for kind, _ in Counter(kind_of.values()).most_common()]
    names = {
        kind: graph.label(graph.namespaces.expand(kind), lang) if kind else texts("pictures", lang)["other"]
        for kind in ranked
    }
    themes = {theme: network.nodes[theme] for _, theme in links}
    shown = looks([*ranked, *(about["kind"] for about in themes.values())])
    label = {name: network.nodes[name]["label"] for link in links for name in link}
    boxes = {name: Box(0, label[name], "finding", shown[kind], title=names[kind]) for name, kind in kind_of.items()}
    boxes |= {
        theme: Box(1, about["label"], "theme", shown[about["kind"]], title=about["type"])
        for theme, about in themes.items()
    }
    lines = _lines_of_map(graph, links, label, lang)
    names |= {about["kind"]: about["type"] for about in themes.values()}
    keys = (*(LegendEntry(name, shown[kind]) for kind, name in names.items()), *_link_keys(graph, links.values(), lang))
    groups = {finding: names[kind][:1].upper() + names[kind][1:] for finding, kind in kind_of.items()}
    left_out = [about["kind"] for node, about in full.nodes(data=True) if node not in boxes]
    claims = [edge["claim"] for _, _, edge in network.edges(data=True) if edge["predicate"] == "fot:informs"]
    remarks = _remarks(graph, {link.status for link in links.values()}, left_out, lang)
    notes = (*remarks, *statuses, *_source_note(graph, claims, lang))
    words = texts("pictures", lang)
    headings = (words["findings"], words["inform"], words["themes-and-intentions"])
    return Scene(boxes, lines, words["themes"], lang, keys, notes, groups, headings)


def _lines_of_map(
    graph: StoredGraph, links: Mapping[tuple[str, str], _Link], label: Mapping[str, str], lang: str
) -> tuple[SceneLine, ...]:
    """Draw each link as a line, whose title tells what it joins, and how strong it is."""
    strengths = {
        link.strength: graph.label(graph.namespaces.expand(link.strength), lang) if link.strength else ""
        for link in links.values()
    }
    return tuple(
        SceneLine(
            start,
            end,
            line(*link),
            kind=status_class(link.status),
            title=f"{label[start]} → {label[end]} ({strengths[link.strength]})".removesuffix(" ()"),
        )
        for (start, end), link in links.items()
    )


def _links(graph: StoredGraph, network: Network) -> dict[tuple[str, str], _Link]:
    """Give the pairs of a finding and what it informs, each once."""
    name = graph.namespaces.shorten
    rows = graph.execute("SELECT ?claim ?strength { ?claim fot:strength ?strength }").found
    strengths = {name(text_of(claim)): name(text_of(strength)) for claim, strength in rows}
    found: dict[tuple[str, str], _Link] = {}
    for start, end, edge in network.edges(data=True):
        if edge["predicate"] == "fot:informs":
            found.setdefault((start, end), _Link(edge["status"], strengths.get(edge["claim"], "")))
    return found


def _link_keys(graph: StoredGraph, links: Iterable[_Link], lang: str) -> list[LegendEntry]:
    """Name the line of each status and strength, the firmest and strongest first."""
    order = ["", *STRENGTH_WIDTHS]
    ranked = sorted(set(links), key=lambda link: (firmness_rank(link.status), order.index(link.strength)))
    names = [[graph.label(graph.namespaces.expand(each), lang) for each in link if each] for link in ranked]
    return [LegendEntry(", ".join(name), line(*link)) for name, link in zip(names, ranked, strict=True)]


def _remarks(graph: StoredGraph, statuses: set[str], left_out: Iterable[str], lang: str) -> Iterator[str]:
    """Say what the links rest on and what is left out, so that nobody takes the picture for all that was found."""
    names = sorted(graph.label(graph.namespaces.expand(status), lang) for status in statuses)
    yield texts("pictures", lang)["links"].format(", ".join(names))
    counts = Counter(left_out)
    if counts["fot:Finding"] or counts["fot:Theme"]:
        yield fill(texts("pictures", lang)["unlinked"], lang, counts["fot:Finding"], counts["fot:Theme"])
