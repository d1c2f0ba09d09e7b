"""Texts of files as they are published: PDF, Word, HTML or text. Pages end in a form feed, cells of a row in a tab.

`reading` tells the kinds apart by their content, and never by their names alone; each of the others reads one kind.
Nothing that a file names is fetched or opened.
"""
