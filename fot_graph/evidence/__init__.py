"""Answers and what they rest on: the claims behind each row, verified, with their quotes in words.

For whatever asks a graph in SPARQL or shows claims.
"""
