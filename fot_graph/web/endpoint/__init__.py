"""What programs ask: the SPARQL endpoint, the things of the graph at their own addresses, what the service is."""
