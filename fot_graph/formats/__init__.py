"""Graphs, answers and citations as files: Turtle, JSON-LD, RDF/XML, tables, networks, references.

For pictures, the command line and the pages.
"""
