"""Pictures of a graph: boxes in columns with lines between them.

For the command line and the pages.
"""
