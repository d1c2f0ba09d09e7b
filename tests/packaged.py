"""The names of the packaged graph, which most tests ask."""

from __future__ import annotations

from fot_graph.core.namespaces import Namespaces

PACKAGED = Namespaces()
BASE, PREFIXES = PACKAGED.base, PACKAGED.prefixes
THIS = "doc:vp-sv-2019-2020-358/"  # the names that the packaged document brings
curie, expand = PACKAGED.shorten, PACKAGED.expand

# Questions that the packaged document has no answer to: it names no amount with a unit, and no other question.
# `tests/claims/test_found_layer.py` has texts that do.
WITHOUT_ANSWER = {"amounts-by-year", "earlier-questions"}

# What the expected answers are about, where a question is about all things unless one is named.
PARAMETERS = {"everything-about": {"entity": "Focus op Talent"}}
