"""Texts as texts: the parts of a document, its words, and the passage that a quote stands in.

It knows no RDF. For whatever reads, checks or shows a source text.
"""
