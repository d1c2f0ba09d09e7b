"""What a query may not do, and where a malformed one goes wrong."""

import random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from packaged import PREFIXES
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, Store

from fot_graph.api import Graph, load
from fot_graph.core.errors import FotGraphError, QueryRefusedError, QuerySyntaxError
from fot_graph.core.limits import QUERY_BYTES, QUERY_DEPTH, QUERY_TOKENS
from fot_graph.questions import catalogue
from fot_graph.sparql import vocabulary
from fot_graph.sparql.admission import admit, check, iris, one_token_a_line, syntax_error

# The engine refuses to connect to port 1 with an OSError, before it touches the network.
ELSEWHERE = "<http://localhost:1/>"
STORE = Store()
STORE.add(Quad(NamedNode("http://a:"), NamedNode("http://p"), NamedNode("http://a:")))
CALL = f"SERVICE {ELSEWHERE} {{ ?s ?p ?o }}"


def calls_out(query: str, prefixes: dict[str, str] = PREFIXES) -> bool:
    try:
        result = STORE.query(query, prefixes=prefixes)
        list(result) if not isinstance(result, bool) and hasattr(result, "__iter__") else bool(result)
    except (SyntaxError, RuntimeError):
        return False
    except OSError:
        return True
    return False


def rows(query: str, store: Store = STORE, prefixes: dict[str, str] | None = None) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=prefixes or {})
    if isinstance(found, QueryBoolean):
        return [(str(bool(found)),)]
    return [tuple(map(str, row)) for row in found]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


# --- The form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "select"),
        ("select?x{}", "select"),
        ("PREFIX a: <urn:a> BASE <urn:b> # SELECT\nASK {}", "ask"),
        ("PREFIX select: <urn:a> construct where { ?s ?p ?o }", "construct"),
        ("DESCRIBE <urn:select>", "describe"),
    ],
)
def test_the_form_is_told(query: str, form: str) -> None:
    assert check(query) == form


@pytest.mark.parametrize("query", ["", "  \n", "# SELECT", "PREFIX a: <urn:a>", "SELEC * {}", "hello", "{}"])
def test_a_text_that_is_no_query_is_malformed(query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check(query)


@pytest.mark.parametrize("query", [catalogue.questions()[name].text for name in catalogue.questions()])
def test_all_questions_of_the_catalogue_are_allowed(query: str) -> None:
    assert check(query) in ("select", "ask", "construct")


# --- SERVICE -------------------------------------------------------------------------------------------------------

# Each of these makes the engine call out, or did under another reading of the text.
DISGUISES = [
    f"SELECT * {{ {CALL} }}",
    f"SELECT * {{ SERVICE SILENT {ELSEWHERE} {{}} }}",
    f"ASK {{ sErViCe{ELSEWHERE}{{}} }}",
    f"ASK {{ FILTER EXISTS {{ {CALL} }} }}",
    f"ASK {{ {{ SELECT * {{ OPTIONAL {{ {CALL} }} }} }} }}",
    f"SELECT * {{ # {{\n SERVICE # x\n {ELSEWHERE} {{}} }}",
    f"ASK {{ ?s ?p 'it is' . SERVICE {ELSEWHERE} {{}} ?s ?p 'x' }}",
    f"ASK {{ FILTER(1<'>') SERVICE {ELSEWHERE} {{}} FILTER(1<'>') }}",
    f"ASK {{ FILTER(EXISTS {{?s ?p ?o}}<'>') SERVICE {ELSEWHERE} {{}} FILTER(1<'>') }}",
    f"ASK {{ BIND({ELSEWHERE} AS ?x) FILTER(1<2)SERVICE#>\n?x{{}} }}",
    "PREFIX x: <http://localhost:1/> ASK { SERVICEx:y { ?s ?p ?o } }",
    "PREFIX x: <http://localhost:1/> PREFIX servicex: <urn:x> ASK { SERVICEx:y { ?s ?p ?o } }",
    "PREFIX : <http://localhost:1/> ASK { SERVICE:x { ?s ?p ?o } }",
    "PREFIX x: <http://localhost:1/> ASK { serviceSILENTx:y # {\n{ ?s ?p ?o } }",
    f"PREFIX x: <http://a:> ASK {{ ?s ?p x:SERVICE{ELSEWHERE} {{}} }}",
    f"PREFIX x: <http://a:> ASK {{ ?s ?p x:SERVICE SILENT {ELSEWHERE} {{}} }}",
    "PREFIX x: <http://a:> PREFIX y: <http://localhost:1/> ASK { ?s ?p x:SERVICEy:x {} }",
    "PREFIX x: <http://a:> PREFIX y: <http://localhost:1/> ASK { ?s x:true.SERVICEy:x {} }",
    f"ASK {{ ?s ?p trueSERVICE{ELSEWHERE}{{}} }}",
    f"ASK {{ ?s ?p 1SERVICE{ELSEWHERE}{{}} }}",
    f'ASK {{ ("""" ) ?p ?o . SERVICE {ELSEWHERE} {{}} #\\\n ?s ?p """"""}}',
    f'ASK {{ ("""" ) ?p ?o . SERVICE {ELSEWHERE} {{}} #\\uD800\n ?s ?p """"""}}',
    f"ASK {{ <<?s fot:a'>'>> fot:p 1 . SERVICE {ELSEWHERE} {{}} <<?s fot:a'>'>> fot:p 1 }}",
    f"PREFIX : <urn:> ASK {{ <<?s:a'>'>> :p 1 . SERVICE {ELSEWHERE} {{}} # '\n }}",
    f'ASK {{ ("""" ) ?p ?o . SERVICE {ELSEWHERE} {{}} #\\uD800 """\n }}',
    f'ASK {{ ("""" ) ?p ?o . SERVICE {ELSEWHERE} {{}} #\\q """\n }}',
    f"ASK {{ \\u0053ERVICE {ELSEWHERE} {{}} }}",
    f"ASK {{ S\\U00000045RVICE {ELSEWHERE} {{}} }}",
    f"ASK {{ ?s ?p 'x\\u0027 SERVICE {ELSEWHERE} {{}} #' }}",
    f"ASK {{ ?s ?p 'x\\u0027 SERVICE {ELSEWHERE} {{}} ?s ?p \\u0027' }}",
    f"ASK {{ # \\u000A SERVICE {ELSEWHERE} {{}}\n }}",
]


@pytest.mark.parametrize("query", DISGUISES)
def test_service_is_refused_in_any_disguise(query: str) -> None:
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        check(query)


def test_the_disguises_are_real() -> None:
    assert sum(map(calls_out, DISGUISES)) >= 10


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE' }",
        'ASK { ?s ?p "it\'s SERVICE", """a "SERVICE" b""", \'\'\'SERVICE\'\'\'@nl }',
        "ASK { ?s ?p 'a\\'SERVICE' }",
        f"ASK {{}} # {CALL}",
        "ASK { ?service ?p $SERVICE . _:service ?p ?o }",
        "ASK { <urn:SERVICE> <https://example.org/service#> <urn:service> }",
        "PREFIX service: <urn:s> PREFIX my: <urn:m> ASK { ?s service:x my:SERVICE, my:service.x }",
        "ASK { ?s ?p cpsv:Service { ?x ?y ?z } }",
        "ASK { ?s cpsv:service ?o { ?x ?y ?z } }",
        "ASK { ?x a cpsv:PublicService } # {",
        "ASK { ?x a cpsv:PublicService OPTIONAL { ?x ?y ?z } }",
        "ASK { { ?x a cpsv:PublicService } UNION { ?x ?y ?z } }",
        "ASK { GRAPH graph:service { ?s ?p ?o } }",
        "ASK { ?s ?p 'x'@nl-service }",
        "ASK { FILTER(?x IN (<https://example.org/it's>, <urn:service:x>)) }",
        "ASK { FILTER(1 < '>' && ?service > 2) }",
        "ASK { ?s ?p \"a\\\\\" . # 'SERVICE\n ?s ?p 'x' }",
    ],
)
def test_the_word_service_is_no_offence(query: str) -> None:
    assert check(query) == "ask"


WRAPPERS = [
    "{ % }", "OPTIONAL { % }", "MINUS { % }", "GRAPH ?g { % }", "FILTER EXISTS { % }", "FILTER(!EXISTS { % })",
    "{ ?a ?b 'c' } UNION { % }", "{ SELECT * WHERE { % } }", "BIND(EXISTS { % } AS ?z)",
    "FILTER(IF(EXISTS { % }, 1, 2) > 1)",
]  # fmt: skip
DECOYS = [
    "?a ?b 'SERVICE' .", "# SERVICE { ' \"\n", '?a ?b """ \' " """ .', "?a <urn:it's> ?c .", "?a ?b '\\'' .",
    "FILTER(?a < 1 && 2 > ?b)", "?a <https://example.org/#'> ?c .", "?a my:it\\'s ?c .", "VALUES ?v { '<' '>' }",
]  # fmt: skip
BLANKS = st.sampled_from([" ", "\n", "\t", " # a 'comment\n", "#>\n", "\r\n"])


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """The keyword, its letters in any case and any of them written as an escape."""
    ways = [lambda c: c, str.lower, lambda c: f"\\u{ord(c):04X}", lambda c: f"\\U{ord(c):08x}"]
    return "".join(draw(st.sampled_from(ways))(letter) for letter in "SERVICE")


@st.composite
def queries_with_service(draw: st.DrawFn) -> str:
    silent = draw(st.sampled_from(["", "SILENT "]))
    text = f"{draw(spelled())}{draw(BLANKS)}{silent}{ELSEWHERE}{draw(BLANKS)}{{ ?s ?p ?o }}"
    for wrapper in draw(st.lists(st.sampled_from(WRAPPERS), max_size=4)):
        before, after = (" ".join(draw(st.lists(st.sampled_from(DECOYS), max_size=3))) for _ in "ab")
        text = f"{before} {wrapper.replace('%', text)}{draw(BLANKS)}{after}"
    return f"PREFIX my: <urn:my:> SELECT *{draw(BLANKS)}{{ {text} }}"


@given(queries_with_service())
def test_service_is_found_wherever_it_hides(query: str) -> None:
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        check(query)


PIECES = [
    "SERVICE", "service", "SILENT", ELSEWHERE, "{}", "{ ?s ?p ?o }", "?s ?p x:", "?s ?p x:SERVICE", "?s ?p true", "y:z",
    "?s", "FILTER(1<'>')", "FILTER(1<2)", "FILTER('a'>'b')", "FILTER(1<", "'>')", "#>\n", "#'\n", "#", "\n", " ", ".",
    "'", '"', '"""', "'''", '("""" ) ?p ?o .', "\\\n", "\\'", "\\u0027", "\\uD800", "<", ">", "<<?s y:a", ">>", "(",
    ")", "BIND(", " AS ?b)", "'x'@en",
]  # fmt: skip


@settings(deadline=None, max_examples=600)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=9).map("".join))
@example("?s ?p x:SERVICE<http://localhost:1/>{}")
def test_nothing_that_is_allowed_calls_out(text: str) -> None:
    query = f"PREFIX x: <http://a:> PREFIX y: <http://localhost:1/> SELECT * {{ {text} }}"
    try:
        sent = admit(query).text
    except FotGraphError:
        return
    assert not calls_out(sent, {})
    assert not calls_out(sent)


SAFE = st.text("abcSERVICEservice _-.,;:{}()", max_size=20).map(lambda text: f"{text}service")


@given(SAFE, st.sampled_from(["'%'", '"%"', "'''%'''", '"""%"""', "<urn:x>, 'x' # %\n", "'x'@nl # %\n"]))
def test_service_in_a_string_or_a_comment_is_never_refused(text: str, holder: str) -> None:
    assert check(f"ASK {{ ?s ?p {holder.replace('%', text)} }}") == "ask"


@given(
    st.text("abcSERVICEservice019_", max_size=20),
    st.sampled_from(["?%", "$%", "<urn:%>", "_:b%", "x:%", "%:x", "x:a.%"]),
)
def test_service_in_a_name_is_never_refused(text: str, holder: str) -> None:
    name = f"s{text}service"
    query = f"PREFIX x: <urn:x:> PREFIX {name}: <urn:y:> ASK {{ ?s ?p {holder.replace('%', name)} . ?s ?p ?o }}"
    assert check(query) == "ask"


# --- What is sent ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("ask{?s a fot:Claim}#x", f"ask {{ ?s a <{PREFIXES['fot']}Claim> }}"),
        ("PREFIX : <urn:> BASE <http://a/b/> ASK { :x :p <../c> , : , :y\\-z }",
         "ASK { <urn:x> <urn:p> <http://a/c> , <urn:> , <urn:y-z> }"),
        ("BASE <http://a/> PREFIX x: <b#> BASE <c/> ASK { x:y ?p <d> }", "ASK { <http://a/b#y> ?p <http://a/c/d> }"),
        ("ASK { ?s ?p 'it\\'s', \"\"\"a\n\"b\"\"\"@nl-BE , '1' ^^ xsd:integer }",
         'ASK { ?s ?p "it\'s" , "a\\n\\"b"@nl-BE , "1"^^<http://www.w3.org/2001/XMLSchema#integer> }'),
        ("ASK { <urn:\\u0061> ?p '\\u0022\\\\' , '' , \"\"\"\"\"\" }",
         'ASK { <urn:a> ?p "\\"\\\\" , "" , "" }'),
        ("ASK { _:x ?p _:y.z , _:x . FILTER ( COALESCE (1) <2 ) }",
         "ASK { _:b0 ?p _:b1 , _:b0 . FILTER( COALESCE( 1 ) < 2 ) }"),
        ("ASK { ?s ?p TRUE , +1. }", "ASK { ?s ?p true , +1 . }"),
    ],
)  # fmt: skip
def test_what_was_read_is_what_is_sent(query: str, sent: str) -> None:
    assert admit(query) == ("ask", sent)
    STORE.query(sent, prefixes={})


@pytest.mark.parametrize("name", sorted(catalogue.questions()))
def test_a_question_of_the_catalogue_means_what_it_meant(name: str, graph: Graph) -> None:
    text = catalogue.questions()[name].text
    before, after = rows(text, graph.store, PREFIXES), rows(admit(text).text, graph.store)
    assert before == after


def test_a_query_is_not_longer_in_full_than_the_engine_bears() -> None:
    query = f"PREFIX x: <urn:{'x' * 30_000}> ASK {{ {'?s ?p x:y . ' * 1_900} }}"
    with pytest.raises(QueryRefusedError, match="longer than 1024 KiB with its names in full"):
        check(query)


# --- What SPARQL 1.1 does not have -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "column", "token"),
    [
        ("ASK { fot:x fot:informs ?x ~ ?r }", 28, "~"),
        ("ASK { ?s ?p ?o {| ?a ?b |} }", 16, "{|"),
        ("ASK { <<?s ?p ?o>> ?a ?b }", 7, "<<"),
        ("ASK { <<( ?s ?p ?o )>> ?a ?b }", 7, "<<"),
        ("ASK { ?s ?p ?o LATERAL { ?a ?b ?c } }", 16, "LATERAL"),
        ("ASK { ?s ?p ?o lateral { ?a ?b ?c } }", 16, "lateral"),
        ("VERSION '1.2' ASK {}", 1, "VERSION"),
        ("ASK { BIND(TRIPLE(?a, ?b, ?c) AS ?t) }", 12, "TRIPLE"),
        ("ASK { FILTER(isTRIPLE(?a)) }", 14, "isTRIPLE"),
        ("ASK { BIND(ADJUST(NOW(), 1) AS ?t) }", 12, "ADJUST"),
        ("ASK { ?s ?p 'x'@ar--rtl }", 16, "@ar--rtl"),
        ("ASK { FILTER(LANGDIR(?x) = 'ltr') }", 14, "LANGDIR"),
    ],
)
def test_what_later_versions_have_is_one_clear_error(query: str, column: int, token: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check(query)
    assert (caught.value.column, caught.value.reason) == (column, f"'{token}' is not in SPARQL 1.1")


@pytest.mark.parametrize("word", ["SERVICE <urn:x> {}", "INSERT {}", "CLEAR ALL"])
def test_what_is_refused_is_told_at_its_place(word: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        check(f"ASK {{ ?s ?p ?o }}\n # so\n {word}")
    assert (caught.value.line, caught.value.column) == (3, 2)
    with pytest.raises(QueryRefusedError) as caught:
        check("ASK { ?s ?p '\\u0041\\u0027 SERVICE <urn:x> {} #' }")
    assert (caught.value.line, caught.value.column) == (1, 27)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(% (1)) }",
        "ASK { FILTER %(1) }",
        "ASK { FILTER(1 < 2 && !%(?x, 2)) }",
        "SELECT (%(?x) AS ?y) { ?x ?p ?o }",
        "ASK { BIND(COALESCE(%(?x), 1) AS ?y) }",
        "ASK { { SELECT (%(?x) AS ?y) { ?x ?p ?o } } }",
        "ASK { { SELECT ?x { ?x ?p ?o } GROUP BY %(?x) } }",
        "SELECT ?x { ?x ?p ?o } GROUP BY ?x HAVING %(?x)",
        "SELECT ?x { ?x ?p ?o } GROUP BY %(?x) ?x",
        "SELECT * { ?x ?p ?o } ORDER BY ?x %(?x) DESC(?p)",
        "SELECT * { ?x ?p ?o } ORDER BY DESC(%(?x))",
        "SELECT (%(DISTINCT ?x) AS ?y) { ?x ?p ?o }",
        "SELECT (SUM(%(?x)) AS ?y) { ?x ?p ?o }",
        "ASK { FILTER(?x IN (1, %(2))) }",
        "ASK { FILTER EXISTS { ?x ?p ?o FILTER(%(?x)) } }",
        "ASK { ?x ?p ?o OPTIONAL { ?x ?q ?r FILTER(%(?x)) } }",
        "ASK { FILTER(?x = 1 || xsd:integer(%(?x)) = 1) }",
        "CONSTRUCT { ?x ?p ?y } { ?x ?p ?o BIND(%() AS ?y) }",
    ],
)
@pytest.mark.parametrize("name", ["<urn:f>", "fot:f", "xsd:nope", "xsd:anyURI"])
def test_a_function_that_the_engine_does_not_know_is_one_clear_error(query: str, name: str) -> None:
    text = query.replace("%", name)
    with pytest.raises(QuerySyntaxError, match="there is no function <") as caught:
        check(text)
    assert caught.value.column == text.index(name) + 1


@pytest.mark.parametrize("name", sorted(vocabulary.CASTS))
def test_the_casts_are_those_that_the_engine_knows(name: str) -> None:
    assert len(rows(admit(f"SELECT (<{name}>('1') AS ?x) {{}}").text)) == 1


@pytest.mark.parametrize("arguments", ["()", "(1, 2)", "(DISTINCT ?x)", "(1, (2), ?x)"])
def test_a_cast_takes_one_value(arguments: str) -> None:
    with pytest.raises(QuerySyntaxError, match="a cast takes one value: xsd:string") as caught:
        check(f"ASK {{ FILTER(xsd:string{arguments} = 'x') }}")
    assert caught.value.column == 14
    STORE.query(admit("ASK { FILTER(xsd:string(COALESCE(1, (2))) = 'x') }").text)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s <urn:p> (1 2) }",
        "ASK { ?s a (<urn:x> (1)) }",
        "ASK { <urn:s> (<urn:p>|<urn:q>) ?o }",
        "ASK { ?s <urn:p> (<urn:x> (1 2)) , (3) }",
        "ASK { FILTER(1 = 1) <urn:s> (<urn:p>) ?o }",
        "ASK { FILTER EXISTS { <urn:s> <urn:p> (1) } }",
        "ASK { [ <urn:p> (1) ] <urn:q> (2) }",
        "CONSTRUCT { <urn:s> <urn:p> (1) } { ?s ?p ?o }",
        "ASK { VALUES (?x ?y) { (<urn:a> <urn:b>) (<urn:c> <urn:d>) } }",
        "ASK { { SELECT ?x { ?x <urn:p> (1) } } ?x <urn:p> (1) }",
    ],
)
def test_a_list_or_a_path_in_brackets_is_no_call(query: str) -> None:
    STORE.query(admit(query).text)


# --- A query within GRAPH --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [
        "GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }",
        "GRAPH ?g { ?s ?p ?o { SELECT ?s { ?s ?q ?r } LIMIT 1 } }",
        "GRAPH ?g { ?s ?p ?o MINUS { SELECT ?s { ?s ?q ?r } } }",
        "GRAPH ?g { OPTIONAL { { SELECT DISTINCT ?s { ?s ?q ?r } } } }",
        "GRAPH ?g { ?s ?p ?o FILTER EXISTS { SELECT * { ?s ?q ?r } } }",
        "GRAPH <urn:g> { GRAPH ?g { SELECT ?s { GRAPH ?h { ?s ?q ?r } } } }",
    ],
)
def test_a_query_within_a_graph_of_any_name_is_refused(pattern: str) -> None:
    with pytest.raises(QueryRefusedError, match=r"a query within GRAPH \?g is answered wrongly \(write GRAPH within"):
        check(f"SELECT * {{ {pattern} }}")


@pytest.mark.parametrize(
    "pattern",
    [
        "GRAPH <urn:g> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }",
        "GRAPH ?g { GRAPH <urn:g> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
        "GRAPH ?g { ?s ?p ?o } { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }",
        "{ SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g }",
    ],
)
def test_a_query_beside_or_around_a_graph_is_not(pattern: str) -> None:
    assert check(f"SELECT * {{ {pattern} }}") == "select"


def test_the_engine_counts_over_all_graphs_which_is_why() -> None:
    store = Store()
    for graph in ("urn:g", "urn:h"):
        store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode(graph)))
    [row] = rows("SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", store)
    assert row == ("None", str(Literal(2)))  # by 18.6 of the standard: one row for each graph, with 1


def graphs() -> Store:
    """Give three graphs, in one of which a thing has a type."""
    store = Store()
    for graph, thing in (("urn:g", "urn:s"), ("urn:h", "urn:t"), ("urn:i", "urn:u")):
        store.add(Quad(NamedNode(thing), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode(graph)))
    return store


@pytest.mark.parametrize(
    ("pattern", "count"),  # by 18.6 of the standard: what the pattern gives in each graph, together
    [
        ("VALUES ?x { 1 2 }", 6),
        ("VALUES (?x) { (1) (2) } VALUES ?y { 1 2 }", 12),
        ("FILTER(true) VALUES ?x { 1 2 } FILTER(?x = 1)", 3),
        ("VALUES ?s { <urn:s> } BIND(?s AS ?t)", 3),
        ("VALUES ?s { <urn:s> } OPTIONAL { ?s ?p ?o }", 3),
        ("VALUES ?s { <urn:s> } MINUS { ?s ?p ?o }", 2),
        ("VALUES ?s { <urn:s> } FILTER NOT EXISTS { ?s ?p ?o }", 2),
        ("{ VALUES ?s { <urn:v> } } UNION { ?s ?p ?o }", 6),
        ("VALUES ?s { <urn:s> } ?s ?p ?o", 1),
        ("VALUES ?s { <urn:s> <urn:t> } . ?s ?p ?o VALUES ?x { 1 2 }", 4),
        ("?s ?p ?o MINUS { VALUES ?s { <urn:s> } }", 2),
        ("?s ?p ?o OPTIONAL { VALUES ?x { 1 2 } }", 6),
    ],
)
def test_values_within_a_graph_of_any_name_stand_in_each(pattern: str, count: int) -> None:
    query = f"SELECT (COUNT(?g) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}"
    found = rows(admit(query).text, graphs())
    assert found == [(str(Literal(count)),)]


def test_nothing_is_added_where_triples_follow_which_are_in_a_graph() -> None:
    assert "GRAPH ?g { }" not in admit("ASK { GRAPH ?g { VALUES ?s { <urn:s> } ?s ?p ?o } VALUES ?x { 1 } }").text


@pytest.mark.parametrize(
    "pattern",
    ["?s ?p ?o MINUS { ?x ?y ?z }", "?s ?p ?o MINUS { BIND(1 AS ?x) }", "MINUS { ?s ?p ?o } ?s ?p ?o", "{ MINUS { } }"],
)
def test_minus_without_a_shared_variable_is_refused_within_a_graph_of_any_name(pattern: str) -> None:
    with pytest.raises(QueryRefusedError, match=r"MINUS within GRAPH \?g shares no variable"):
        check(f"SELECT ?x {{ ?s ?p ?x GRAPH ?g {{ {pattern} }} }}")
    assert check(f"SELECT ?x {{ ?s ?p ?x GRAPH <urn:g> {{ {pattern} }} }}") == "select"


def test_the_engine_lets_both_sides_of_minus_share_the_graph_which_is_why() -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o MINUS { ?x ?y ?z } } }"
    assert rows(query, graphs()) == [(str(Literal(0)),)]  # by 8.3.3 of the standard nothing is taken away: 3


# --- Updates and FROM ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH insert".split())
def test_updates_are_refused(word: str) -> None:
    with pytest.raises(QueryRefusedError, match=f"{word.upper()} would change the graph"):
        check(f"PREFIX x: <urn:x> {word} DATA {{ <urn:a> <urn:b> <urn:c> }}")


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <https://example.org/g>",
        "from named <https://example.org/g>",
        "FROM ex:g",
        "FROM NAMED ex:g",
        "FROM <urn:here> FROM <https://example.org/g>",
        "FROM <https://example.org/\\u0067>",
        "FROM # x\n<file:///etc/passwd>",
    ],
)
def test_from_another_graph_is_refused(clause: str) -> None:
    with pytest.raises(QueryRefusedError, match="names a graph that is not here"):
        check(f"PREFIX ex: <https://example.org/> SELECT * {clause} {{ ?s ?p ?o }}", {"urn:here"}.__contains__)


@pytest.mark.parametrize(
    "clause",
    ["FROM <https://example.org/g-1>", "FROM NAMED ex:g-1", "FROM ex:g\\-1", "FROM <g-1>", "FROM <\\u0067-1>"],
)
def test_from_a_graph_at_hand_is_allowed(clause: str) -> None:
    prologue = "BASE <https://example.org/x> PREFIX ex: <https://example.org/>"
    assert check(f"{prologue} SELECT * {clause} {{}}", {"https://example.org/g-1"}.__contains__) == "select"


def test_from_understands_the_known_prefixes_unless_the_query_has_its_own() -> None:
    known = {PREFIXES["graph"] + "naming"}.__contains__
    assert check("ASK FROM graph:naming {}", known) == "ask"
    with pytest.raises(QueryRefusedError):
        check("PREFIX graph: <urn:> ASK FROM graph:naming {}", known)


def test_the_iris_of_a_query_are_those_that_it_names_in_any_way() -> None:
    query = "BASE <urn:base:> PREFIX a: <urn:a:> ASK { ?s a:x <urn:b> , fot:C , 'a:no' FILTER(<urn:f>(?s)) } # <urn:no>"
    assert iris(query) == {"urn:base:", "urn:a:x", "urn:b", PREFIXES["fot"] + "C", "urn:f"}


# --- Limits --------------------------------------------------------------------------------------------------------


def test_the_longest_query_is_measured_in_bytes() -> None:
    start = "ASK {} #"
    assert check(start + "x" * (QUERY_BYTES - len(start))) == "ask"
    for comment in ("x" * (QUERY_BYTES - len(start) + 1), "é" * (QUERY_BYTES // 2)):
        with pytest.raises(QueryRefusedError, match="longer than 64 KiB"):
            check(start + comment)


def test_the_number_of_tokens_is_limited() -> None:
    assert check("ASK {" + "." * (QUERY_TOKENS - 3) + "}") == "ask"
    with pytest.raises(QueryRefusedError, match="more than 8000 words"):
        check("ASK {" + "." * (QUERY_TOKENS - 2) + "}")


NESTINGS = [
    ("{", "}"),
    ("(", ")"),
    ("[", "]"),
    ("!", ""),
    ("- ", ""),
    ("+ ", ""),
    ("^", ""),
    ("!(", ")"),
    ("-(", ")"),
]


@pytest.mark.parametrize(("opening", "closing"), NESTINGS)
@given(depth=st.integers(1, 2 * QUERY_DEPTH))
@example(depth=QUERY_DEPTH)
@example(depth=QUERY_DEPTH - 1)
def test_nesting_is_limited(opening: str, closing: str, depth: int) -> None:
    query = "ASK { " + opening * depth + "?x " + closing * depth + "}"
    if 1 + depth * len(opening.strip()) <= QUERY_DEPTH:
        assert check(query) == "ask"
    else:
        with pytest.raises(QueryRefusedError, match="nested more than 64 deep"):
            check(query)


def test_nesting_side_by_side_is_not_deep() -> None:
    assert check("ASK {" + "{}" * 500 + "FILTER(!!!1)" * 200 + "}") == "ask"


def test_nesting_does_not_hide_in_what_looks_like_an_iri() -> None:
    for sign in "!-+":
        with pytest.raises(QuerySyntaxError, match=r"column 15: this is no full IRI .*a comparison has a blank"):
            check(f"ASK {{ FILTER(1<{sign * 9000}1&&2>1) }}")


def test_a_query_at_the_limits_does_not_break_the_engine() -> None:
    deep = QUERY_DEPTH - 3
    for query in (
        f"ASK {{ FILTER({'(' * deep}1{')' * deep}) }}",
        f"ASK {{ FILTER({'!' * deep}1) }}",
        f"ASK {{ {'{' * deep}{'}' * deep} }}",
        f"ASK {{ FILTER({'||'.join(['?a'] * 3900)}) }}",
    ):
        assert check(query) == "ask"
        assert not calls_out(admit(query).text)


def test_reading_is_fast_on_texts_made_to_slow_it() -> None:
    for unit in ("a.b.", "'''", '""" ', "<a", "\\u", "x:a.", "_:a.", "1.", "@a-", "-", "<<", "a:%", "é"):
        with pytest.raises(FotGraphError):
            check((unit * QUERY_BYTES)[: QUERY_BYTES // 2])


# --- Where it goes wrong -------------------------------------------------------------------------------------------


def explained(query: str) -> QuerySyntaxError:
    """Check a malformed query and have its mistake explained, as `Graph.query` does."""
    try:
        check(query)
        STORE.query(one_token_a_line(query), prefixes={})
    except QuerySyntaxError as error:
        return error
    except SyntaxError as error:
        return syntax_error(query, str(error))
    raise AssertionError(query)


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("SELECT * WHERE {\n  ?s ?p ?o", (1, 16), "'{' is never closed"),
        ("ASK { ?s ?p (1 2 }", (1, 13), "'(' is never closed"),
        ("ASK { ?s ?p ?o }}", (1, 17), "unexpected '}'"),
        ("ASK {\n  ?s fto:x ?o }", (2, 6), "did you mean fot?"),
        ("ASK {\n  ?s zzzzz:x ?o }", (2, 6), "write PREFIX zzzzz: <…> first"),
        ("SELECT ?x { ?x = 1 }", (1, 16), "FILTER(?a = ?b)"),
        ("SELECT (COUNT(?b)) { ?a ?b ?c }", (1, 18), "has a name: (COUNT(?a) AS ?n)"),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c }", (1, 1), "GROUP BY"),
        ("SELECT * { ?a ?b ?c } GROUP BY ?a", (1, 1), "SELECT *"),
        ("SELECT ?a ?a { ?a ?b ?c }", (1, 1), "twice"),
        ("SELECT (1 AS ?a) { ?a ?b ?c }", (1, 1), "already"),
        ("ASK { VALUES (?a ?b) { (1) } }", (1, 28), "UNDEF"),
        ("ASK { { SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c } } }", (1, 16), "is not grouped"),
        ("ASK { ?a ?b ?c {\n SELECT ?a ?b { ?a ?b ?c } GROUP BY ?a LIMIT 1 } ?a ?d 1 }", (2, 12), "add it to GROUP BY"),
        ("ASK { { SELECT ?a (MAX(?b) AS ?n) { ?a ?b ?c } GROUP BY ?a } ?a ?b }", (1, 68), "unexpected '}'"),
        ("ASK { { SELECT ?a { ?a ?b ?c FILTER(?b > 1) } } ?a ?b }", (1, 55), "unexpected '}'"),
        ("ASK { ?a ?b ?c BIND(?c AS ?a) }", (1, 27), "BIND gives a variable a value that it has already"),
        ("ASK {\n ?a ?b ?c\n BIND(1 AS $a)\n ?c ?d ?e FILTER(?e > 1) }", (3, 12), "choose a new name after AS"),
        ("ASK { ?a ?b ?c FILTER(?d > 1) BIND(1 AS ?d) ?a ?b }", (1, 51), "unexpected '}'"),
        ("ASK { ?d ?b ?c { ?a ?b ?c BIND(1 AS ?d) } ?a ?b }", (1, 49), "unexpected '}'"),
        ("ASK { ?s ?p <rel> }", (1, 13), "no full IRI"),
        ("ASK {\r\n ?s ?p ?o\r\n FLITER(?o > 1) }", (3, 2), "did you mean FILTER?"),
        ("ASK { FILTER(foo(1)) }", (1, 14), "unexpected 'foo'"),
        ("SELECT * {} LIMIT x", (1, 19), "unexpected 'x'"),
        ("SELECT ?s, ?p {}", (1, 10), "unexpected ','"),
        ("ASK { ?s ?p }", (1, 13), "unexpected '}'"),
        ('ASK { ?s ?p """a\nb""" ?x }', (2, 6), "unexpected '?x'"),
        ("ASK { ?s ?p ?o } EXTRA", (1, 18), "unexpected 'EXTRA'"),
        ("ASK", (1, 4), "ends too early"),
        ("SELEC * {}", (1, 1), "did you mean SELECT?"),
        ("ASK { ?s ?p 'x }", (1, 13), "not closed"),
        ("ASK { ?s ?p 'a\\d' }", (1, 13), "wrong escape"),
        ("ASK { ?s ?p “x” }", (1, 13), "quotes are straight"),
        ("ASK { ?s ?p x“ }", (1, 14), "quotes are straight"),
        ("ASK { ?s\u00a0?p ?o }", (1, 9), "U+00A0"),
        ("ASK { ?s ?p '\ud800' }", (1, 14), "half a character"),
    ],
)
def test_a_mistake_is_shown_where_it_is(query: str, place: tuple[int, int], words: str) -> None:
    error = explained(query)
    assert (error.line, error.column) == place
    assert words in str(error)


def test_the_name_of_an_expression_is_asked_for_in_select_only() -> None:
    assert explained("ASK { FILTER(?o > ) }").hint == ""


def test_a_message_without_a_place_points_at_the_start() -> None:
    assert (syntax_error("ASK {}", "?").line, syntax_error("ASK {}", "?").column) == (1, 1)


@pytest.mark.parametrize("name", sorted(catalogue.questions())[::6])
def test_spreading_a_query_keeps_its_meaning(name: str) -> None:
    text = catalogue.questions()[name].text
    assert one_token_a_line(one_token_a_line(text)).split() == one_token_a_line(text).split()
    STORE.query(one_token_a_line(text), prefixes={})


@given(st.integers(0, 10_000), st.sampled_from(sorted(catalogue.questions())))
def test_a_word_out_of_place_is_found_in_any_question(seed: int, name: str) -> None:
    """Put a word that fits nowhere between two lines: it is reported there, whatever the engine tried."""
    lines = catalogue.questions()[name].text.splitlines()
    at = random.Random(seed).randrange(len(lines) + 1)
    assume(at > max(n for n, line in enumerate(lines) if line.startswith(("#", "PREFIX"))) + 1)
    lines.insert(at, "oeps")
    assert explained("\n".join(lines)).line == at + 1


def test_the_caret_stands_under_its_place_after_tabs() -> None:
    line, caret = str(explained("SELECT ?x {\n\t?x\tfot:status }")).splitlines()[1:]
    assert line == "  \t?x\tfot:status }"
    assert caret == "  \t  \t           ^"
