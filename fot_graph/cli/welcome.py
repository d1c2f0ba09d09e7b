"""`fot-graph` alone: what the graph holds, in five lines, and what to try."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from fot_graph.api import load
from fot_graph.cli import opening
from fot_graph.core import tables
from fot_graph.core.errors import UsageError
from fot_graph.core.terms import text_of
from fot_graph.core.words import texts
from fot_graph.questions.overview import overview

if TYPE_CHECKING:
    from fot_graph.api import Graph

_MOST_NAMED = """SELECT ?thing {
  { ?claim a fot:Claim ; fot:mentions ?thing } UNION { GRAPH graph:naming { ?thing skos:prefLabel ?label } }
  ?thing skos:prefLabel ?name .
  FILTER(?thing != id:editors && STRLEN(?name) <= 40) FILTER NOT EXISTS { ?thing a skos:Concept }
}
GROUP BY ?thing ORDER BY DESC(COUNT(DISTINCT ?claim)) ?thing LIMIT 1"""
_INFORMING = "ASK { ?finding fot:informs ?theme }"
_OF_THEMES = {  # what is tried in place of what is about themes, where no finding informs one
    "fot-graph ask findings-informing-themes": "fot-graph ask all-figures",
    "fot-graph draw --theme-map -o map.svg": "fot-graph draw --focus {name} -o map.svg",
}


def text(lang: str, width: int | None) -> str:
    """Give the five lines, wrapped to the terminal if there is one, and the commands to try."""
    graph = load([found] if (found := opening.own_workspace()) else None)
    lines = overview(graph, lang)
    held = tables.records([name for name, _ in lines], [[said for _, said in lines]], width or 10**6)
    name = _known_name(graph, lang)
    has_themes = bool(graph.query(_INFORMING).truth)
    left_out = _OF_THEMES.values() if has_themes else _OF_THEMES.keys()
    tries = {
        command.format(name=shlex.quote(name)): what
        for command, what in texts("welcome", lang).items()
        if command not in left_out and (name or "{name}" not in command)
    }
    longest = max(map(len, tries))
    return held + "\n" + "".join(f"  {command:<{longest}}  {what}\n" for command, what in tries.items())


def _known_name(graph: Graph, lang: str) -> str:
    """Give a name by which `show` finds the thing that most claims speak of, '' where nothing has a name."""
    for (thing,) in graph.query(_MOST_NAMED).rows:
        label = graph.label(text_of(thing), lang)
        try:
            is_unique = graph.find(label) == thing
        except UsageError:  # several things have this name
            is_unique = False
        return label if is_unique else graph.namespaces.shorten(text_of(thing))
    return ""
