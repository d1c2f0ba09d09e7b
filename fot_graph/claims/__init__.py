"""Documents, names and claims as quads, read from files and checked against the source texts.

For `stores`, which hold the quads, and for those who check or mend the files.
"""
