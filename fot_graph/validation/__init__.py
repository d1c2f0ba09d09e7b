"""Whether documents, claims and figures hold together: SHACL shapes, grounding, and the report.

For the command line, and for tests of data.
"""
