"""Where a graph is: in memory, in a store on disk or on a SPARQL server, behind one interface.

Everything that needs a graph takes a `stores.interface.StoredGraph`, and does not ask where it is.
"""
