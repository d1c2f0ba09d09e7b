"""The words, functions and signs that SPARQL 1.1 Query has (19.8), and those of others that are refused by name."""

from __future__ import annotations

from fot_graph.core.namespaces import PREFIXES

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
LATER = frozenset(  # of SPARQL 1.2, or of one engine only
    (
        "LATERAL VERSION TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE LANGDIR HASLANG HASLANGDIR STRLANGDIR ADJUST UNFOLD"
        " FOLD"
    ).split()
)
WORDS = frozenset(
    (
        "BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GROUP BY HAVING ORDER ASC DESC"
        " LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH BIND MINUS UNION FILTER IN NOT EXISTS SEPARATOR TRUE FALSE"
        " COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT"
        " STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE"
        " ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ"
        " NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK"
        " ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE"
    ).split()
)
CASTS = frozenset(  # functions with an IRI: those of 17.5, and the other datatypes that the engine casts to
    PREFIXES["xsd"] + name
    for name in (
        "boolean double float decimal integer dateTime string"
        " date time duration dayTimeDuration yearMonthDuration gYear gYearMonth gMonth gMonthDay gDay"
    ).split()
)
PAIRS = {("<", "<"), (">", ">"), ("{", "|"), ("|", "}"), ("{", "||"), ("||", "}")}  # signs of SPARQL 1.2, if adjacent
