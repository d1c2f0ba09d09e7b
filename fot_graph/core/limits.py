"""How much is read of a file, and of a query: what is larger, deeper or slower is one clear error, and nothing hangs.

Everything that comes with fot_graph is far below these limits. They hold wherever files are read and queries are asked:
by the command line, in Python, by the server (which may be told other limits of queries), and for the packaged files.
"""

SOURCE_BYTES = 2**20  # of a source text, 1 MiB: the packaged one has 8 KiB
RDF_BYTES = 2**26  # of one file of claims or names, 64 MiB
ORIGINAL_BYTES = 2**26  # of a PDF, Word or HTML file, 64 MiB
PAGES = 2_000  # of a PDF
ZIP_BYTES = 2**27  # that the parts of a Word file unpack to, 128 MiB
ZIP_XML_BYTES = 2**25  # that those of them unpack to that are XML, 32 MiB
ZIP_PARTS = 10_000  # of a Word file
TOML_BYTES = 2**16  # of fot-graph.toml, of a document.toml
QUERY_FILE_BYTES = 2**20  # of a file with a query; the query itself has a limit of its own
CLAIMS_MD_CHARACTERS = 2**21  # of a claims.md, 2 Mi: the packaged claims have 100,000
TRIPLES = 500_000  # of one file of claims or names
LITERAL = 2**20  # characters of one text or IRI in RDF
PARTS = 20_000  # of a document: sentences, list items, rows, and what they stand in
QUOTES = 20_000  # of the claims of a document
TRIPLE_TERMS = 1_000  # in one file: the parser overflows its stack on 18,000 nested ones
DERIVATIONS = 100  # one after the other: a claim that derives from one that derives from another …
SECONDS = 60.0  # to find the quotes of one document
PATTERN_SECONDS = 5  # of the processor, that one pattern of a layout of a workspace searches a text
QUERY_BYTES = 64 * 1024  # of a query
QUERY_TOKENS = 8_000  # words and signs of a query
QUERY_DEPTH = 64  # of brackets in a query
