"""What every part needs and none owns: errors, namespaces, terms, files, text tables.

It imports nothing of ours; every other package may use it.
"""
