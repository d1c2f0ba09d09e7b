"""What people ask of a graph: the questions of the catalogue, facts about a thing, coverage, an overview.

For `api`, the command line and the pages.
"""
