"""SPARQL queries as text: their tokens, what is admitted, the tree of a query and its variables.

It asks no store. For whatever sends a query to an engine, explains an answer or checks a query.
"""
