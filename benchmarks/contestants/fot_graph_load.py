"""Load the packaged graph, claims in named graphs and their union in the default graph."""

from fot_graph import load

load()
