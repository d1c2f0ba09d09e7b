"""What errors say, in Dutch, for who reads a Dutch page; they are written in English where they arise.

`TEXTS` pairs each English text with its Dutch one. In braces stand the parts that differ from time to time: they are
taken over as they are, unless `_READ` tells how they are read. What is not here has no Dutch, such as the words of
another server.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.errors import FotGraphError
from fot_graph.web.logs import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Said(NamedTuple):
    """A text of an error, and the language that it is in."""

    text: str
    lang: str


def said(error: FotGraphError, lang: str) -> tuple[Said, Said]:
    """Give the message and the hint of an error ('' for none) in a language, or in English where it has no other."""
    return _said(error.message, lang), _said(error.hint, lang)


def plain(error: FotGraphError, lang: str) -> str:
    """Write an error as `str` does, in a language; what would act on a terminal is written out (`logs.visible`).

    >>> plain(FotGraphError("unknown question 'findngs'", "did you mean findings?"), "nl")
    'onbekende vraag ‘findngs’ (bedoelt u findings?)'
    """
    message, hint = said(error, lang)
    place = str(error).removeprefix(FotGraphError.__str__(error))  # the line of a query that does not parse
    return visible(str(FotGraphError(message.text, hint.text)) + place, keep="\t\n")


def dutch(text: str) -> str | None:
    """Give the Dutch of what an error says in English, None if it has none.

    >>> dutch("malformed SPARQL at line 2, column 6: '(' is never closed")
    'fout in de query op regel 2, kolom 6: ‘(’ wordt nergens gesloten'
    """
    return _translated(text, _patterns())


def pattern(english: str) -> re.Pattern[str]:
    """Make of an English text with braces what finds it, and the parts that stand in their place.

    A part ends where the words behind it first stand, and is not tried again (an atomic group): a long text that
    someone made up takes no more time than it is long.
    """
    first, *ends = map(re.escape, _BRACES.split(english)[::2])
    names = _BRACES.findall(english)
    parts = [f"(?P<{name}>{_SHAPES.get(name, '.*?')}){end}" for name, end in zip(names, ends, strict=True)]
    return re.compile("".join([first, *(f"(?>{part})" for part in parts[:-1]), *parts[-1:]]), re.DOTALL)


# --- Inside ----------------------------------------------------------------------------------------------------------

_BRACES = re.compile(r"\{(\w+)\}")
_SHAPES = {"url": r"\S+", "status": r"\d+"}  # any other part may be anything


def _said(text: str, lang: str) -> Said:
    found = dutch(text) if lang == "nl" else None
    return Said(text, "en") if found is None else Said(found, "nl")


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Compile the table; what has most words of its own comes first, as it says most of what it is about."""
    ranked = sorted(TEXTS, key=lambda pair: -len(_BRACES.sub("", pair[0])))
    return [(pattern(english), translation) for english, translation in ranked]


def _reason(text: str) -> str | None:
    """Give the Dutch of a text within another one: it holds no third one, however often that seems so."""
    return _translated(text, [pair for pair in _patterns() if "reason" not in pair[0].groupindex])


def _translated(text: str, patterns: list[tuple[re.Pattern[str], str]]) -> str | None:
    for english, translation in patterns:
        match = english.fullmatch(text)
        filled = _filled(translation, match.groupdict()) if match else None
        if filled is not None:
            return filled
    return None


def _filled(text: str, parts: Mapping[str, str]) -> str | None:
    """Put the parts into a Dutch text, if there is Dutch for all of them."""
    read = {name: _READ.get(name, str)(part) for name, part in parts.items()}
    return None if None in read.values() else _BRACES.sub(lambda match: read[match[1]] or "", text)


def _listed(names: str) -> str:
    """Join names that English joins with 'or'.

    >>> _listed("csv or tsv or md"), _listed("csv")
    ('csv, tsv of md', 'csv')
    """
    *first, last = names.split(" or ")
    return f"{', '.join(first)} of {last}" if first else last


_READ: dict[str, Callable[[str], str | None]] = {
    "names": _listed,
    "number": lambda number: number.replace(".", ","),
    "reason": _reason,
    "unit": {"policy field": "het beleidsveld", "title": "de titel"}.get,
}

# --- The texts -------------------------------------------------------------------------------------------------------

TEXTS: tuple[tuple[str, str], ...] = (
    # Names that are not known
    ("unknown address '{name}'", "onbekend adres ‘{name}’"),
    ("unknown claim '{name}'", "onbekende bewering ‘{name}’"),
    ("unknown document '{name}'", "onbekend document ‘{name}’"),
    ("unknown format '{name}'", "onbekend formaat ‘{name}’"),
    ("unknown layer '{name}'", "onbekende laag ‘{name}’"),
    ("unknown name '{name}'", "onbekende naam ‘{name}’"),
    ("unknown page '{name}'", "onbekende pagina ‘{name}’"),
    ("unknown parameter '{name}'", "onbekende parameter ‘{name}’"),
    ("unknown question '{name}'", "onbekende vraag ‘{name}’"),
    ("unknown status '{name}'", "onbekende status ‘{name}’"),
    ("unknown theme '{name}'", "onbekend thema ‘{name}’"),
    ("unknown thing '{name}'", "de graaf kent ‘{name}’ niet"),
    ("unknown variable '{name}'", "onbekende variabele ‘{name}’"),
    ("did you mean {names}?", "bedoelt u {names}?"),
    ("known: {known}", "bekend: {known}"),
    ("choose one of {known}", "kies er een uit: {known}"),
    ("give a label, or a CURIE such as id:serv", "geef een naam, of een CURIE zoals id:serv"),
    ("'{name}' names more than one thing", "er is meer dan één ding met de naam ‘{name}’"),
    ("'{name}' names more than one claim", "er is meer dan één bewering met de naam ‘{name}’"),
    ("{name} is no claim", "{name} is geen bewering"),
    ("fot-graph show {name} gives the claims that speak of it", "fot-graph show {name} geeft de beweringen erover"),
    ("fot-graph coverage lists the claims of every sentence", "fot-graph coverage somt de beweringen van elke zin op"),
    ("the graph holds no document", "de graaf bevat geen enkel document"),
    ("the claims speak of no thing", "de beweringen gaan nergens over"),
    ("name one", "noem er een"),
    # Limits, and mistakes of the server
    ("too many requests at once", "te veel aanvragen tegelijk"),
    ("the server is busy", "de server is overbelast"),
    ("the server is stopping", "de server wordt afgesloten"),
    ("try again in a moment", "probeer het zo dadelijk opnieuw"),
    ("the time limit of {number} s is over", "de tijdslimiet van {number} s is overschreden"),
    ("the query needs more memory than it may have", "de query heeft meer geheugen nodig dan ze mag gebruiken"),
    ("ask for less, or in smaller steps", "vraag minder, of vraag het in kleinere stappen"),
    ("the engine failed on this query", "de databank is op deze query vastgelopen"),
    ("the engine failed on this query: {words}", "de databank is op deze query vastgelopen: {words}"),
    ("ask in another way, or in smaller steps", "vraag het anders, of in kleinere stappen"),
    ("the answer is longer than {number} rows", "het antwoord telt meer dan {number} rijen"),
    ("the answer is longer than {number} triples", "het antwoord telt meer dan {number} triples"),
    ("the answer is longer than {number} MB", "het antwoord is groter dan {number} MB"),
    ("add LIMIT and OFFSET, or ask for less", "voeg LIMIT en OFFSET toe, of vraag minder"),
    ("something went wrong on the server", "er ging iets mis op de server"),
    ("its log says what", "het logboek van de server zegt wat"),
    # Requests
    ("there is nothing at this address", "op dit adres staat niets"),
    ("/.well-known/void says what there is", "/.well-known/void zegt wat er wel is"),
    ("method not allowed", "deze methode kan hier niet"),
    ("the Allow header says which can be used", "de header Allow zegt wat wel kan"),
    ("the request takes too long to arrive", "het duurt te lang voor de aanvraag binnen is"),
    ("this server speaks HTTP/1.1", "deze server spreekt HTTP/1.1"),
    ("the address is longer than {size} KiB", "het adres is langer dan {size} KiB"),
    ("send a long query by POST", "verstuur een lange query met POST"),
    ("the headers are larger than {size} KiB", "de headers zijn groter dan {size} KiB"),
    ("the Host header names no host", "de header Host noemt geen host"),
    ("the Host header does not name this server", "de header Host noemt niet deze server"),
    (
        "start it with --host-name for each other name that it has",
        "geef bij het starten met --host-name elke andere naam op die hij heeft",
    ),
    ("pages of other web sites may not read this graph", "pagina’s van andere websites mogen deze graaf niet lezen"),
    (
        "start the server with --cors for each site that may",
        "geef bij het starten van de server met --cors elke site op die dat wel mag",
    ),
    ("answers come in gzip, or as they are", "antwoorden komen in gzip, of zoals ze zijn"),
    ("leave the Accept-Encoding header out", "laat de header Accept-Encoding weg"),
    ("the store is being replaced", "de opslag wordt vervangen"),
    ("the request is larger than {size} KiB", "de aanvraag is groter dan {size} KiB"),
    # Queries that are refused
    ("there is no query", "er is geen query"),
    ("write one, or choose a question", "schrijf er een, of kies een vraag"),
    ("the query has more than {count} words and signs", "de query telt meer dan {count} woorden en tekens"),
    ("the query is longer than {size} KiB", "de query is langer dan {size} KiB"),
    ("the query is nested more than {count} deep", "de query is meer dan {count} niveaus diep genest"),
    ("ask in smaller steps", "vraag het in kleinere stappen"),
    ("SERVICE asks another server", "SERVICE bevraagt een andere server"),
    ("ask the graph at hand only", "bevraag alleen deze graaf"),
    (
        "SPARQL refused at line {line}, column {column}: {reason}",
        "query geweigerd op regel {line}, kolom {column}: {reason}",
    ),
    (
        "the query is longer than {size} KiB with its names in full",
        "de query is langer dan {size} KiB als elke naam voluit staat",
    ),
    ("a query within GRAPH {name} is answered wrongly", "een query binnen GRAPH {name} krijgt een fout antwoord"),
    (
        "write GRAPH within the inner query, and select and group by {name} there",
        "zet GRAPH binnen de binnenste query, en selecteer en groepeer daar op {name}",
    ),
    (
        "MINUS within GRAPH {name} shares no variable with what stands before it: answered wrongly",
        "MINUS binnen GRAPH {name} deelt geen variabele met wat ervoor staat: dat krijgt een fout antwoord",
    ),
    ("leave it out, it takes nothing away", "laat het weg, het neemt niets weg"),
    ("{token} would change the graph", "{token} zou de graaf wijzigen"),
    ("queries only read it", "een query mag alleen lezen"),
    ("{clause} <{graph}> names a graph that is not here", "{clause} <{graph}> noemt een graaf die hier niet is"),
    (
        "nothing is fetched: leave it out to ask the whole graph",
        "er wordt niets opgehaald: laat dit weg om de hele graaf te bevragen",
    ),
    # Queries that do not parse
    (
        "malformed SPARQL at line {line}, column {column}: {reason}",
        "fout in de query op regel {line}, kolom {column}: {reason}",
    ),
    ("this is half a character (a lone surrogate)", "dit is maar een half teken (een los surrogaat)"),
    (
        "the string that begins here is not closed or has a wrong escape",
        "de tekst die hier begint, is niet afgesloten of bevat een foute escape",
    ),
    ('a backslash is written \\\\', 'schrijf een backslash als \\\\'),
    ("'{token}' has no place here", "‘{token}’ hoort hier niet"),
    ('quotes are straight, " or \'', 'gebruik rechte aanhalingstekens: " of \''),
    ("'{token}' is no kind of query", "een query begint niet met ‘{token}’"),
    ("there is no query here", "hier staat geen query"),
    ("begin with SELECT or ASK", "begin met SELECT of ASK"),
    ("prefix '{prefix}:' is not declared", "de prefix ‘{prefix}:’ is niet gedeclareerd"),
    ("write PREFIX {prefix}: <…> first", "schrijf eerst PREFIX {prefix}: <…>"),
    ("'{token}' is never closed", "‘{token}’ wordt nergens gesloten"),
    ("add '{token}'", "voeg ‘{token}’ toe"),
    ("'{token}' is not in SPARQL 1.1", "‘{token}’ hoort niet bij SPARQL 1.1"),
    ("write the query without it", "schrijf de query zonder"),
    ("there is no function <{iri}> here", "de functie <{iri}> bestaat hier niet"),
    (
        "of those with an IRI only casts are known, such as xsd:integer",
        "van de functies met een IRI zijn er alleen omzettingen, zoals xsd:integer",
    ),
    ("a cast takes one value: {name}", "een omzetting heeft één waarde: {name}"),
    ("give it one", "geef er een"),
    ("<{iri}> is no IRI", "<{iri}> is geen IRI"),
    ("it has a character or a form that no IRI has", "er staat iets in dat niet in een IRI kan staan"),
    ("this is no full IRI", "dit is geen volledige IRI"),
    (
        "write it with its scheme, or with a prefix: id:serv; a comparison has a blank: ?a < ?b",
        "schrijf ook het schema, of gebruik een prefix: id:serv; een vergelijking heeft een spatie: ?a < ?b",
    ),
    ("write it with its scheme, or with a prefix: id:serv", "schrijf ook het schema, of gebruik een prefix: id:serv"),
    ("SELECT has a variable that is not grouped", "SELECT heeft een variabele waarop niet gegroepeerd is"),
    ("add it to GROUP BY, or count it", "zet ze bij GROUP BY, of tel ze"),
    ("SELECT has a variable twice", "SELECT heeft twee keer dezelfde variabele"),
    ("give the second another name", "geef de tweede een andere naam"),
    (
        "SELECT gives a variable a value that it has already",
        "SELECT geeft een waarde aan een variabele die er al een heeft",
    ),
    (
        "BIND gives a variable a value that it has already",
        "BIND geeft een waarde aan een variabele die er al een heeft",
    ),
    ("choose a new name after AS", "kies een nieuwe naam na AS"),
    ("SELECT * does not go with GROUP BY", "SELECT * gaat niet samen met GROUP BY"),
    ("name the variables", "noem de variabelen"),
    ("a row of VALUES has too many or too few terms", "een rij van VALUES heeft te veel of te weinig termen"),
    ("a term that is missing is UNDEF", "schrijf UNDEF voor een term die ontbreekt"),
    ("the query ends too early", "de query stopt te vroeg"),
    ("unexpected '{token}'", "‘{token}’ wordt hier niet verwacht"),
    (
        "an expression in SELECT has a name: (COUNT(?a) AS ?n)",
        "geef een uitdrukking in SELECT een naam: (COUNT(?a) AS ?n)",
    ),
    ("compare in FILTER(?a = ?b), assign in BIND(… AS ?a)", "vergelijk met FILTER(?a = ?b), ken toe met BIND(… AS ?a)"),
    # Questions of the catalogue
    ("parameter '{name}' has no value", "parameter ‘{name}’ heeft geen waarde"),
    ("give one, or leave the parameter out", "geef er een, of laat de parameter weg"),
    ("question '{name}' takes parameters but has no 'WHERE {'", "vraag ‘{name}’ heeft parameters maar geen ‘WHERE {’"),
    ("add it to the query", "voeg dat toe aan de query"),
    # Evidence
    ("the evidence of this query cannot be found", "de onderbouwing bij deze query is niet te vinden"),
    ("write it in another way: {words}", "schrijf ze anders: {words}"),
    (
        "evidence is for SPARQL 1.1, without triples in triples",
        "onderbouwing is er alleen voor SPARQL 1.1, zonder triples in triples",
    ),
    ("this row does not know its query", "deze rij weet niet bij welke query ze hoort"),
    ("only a row of Graph.query has evidence", "alleen een rij van Graph.query heeft onderbouwing"),
    ("this answer does not know its query", "dit antwoord weet niet bij welke query het hoort"),
    ("only an answer of Graph.query has evidence", "alleen een antwoord van Graph.query heeft onderbouwing"),
    # What a format cannot hold
    ("{form} gives a graph, which {format} cannot show", "{form} geeft een graaf, en die kan {format} niet tonen"),
    ("{format} holds claims, not the layer {names}", "{format} bevat beweringen, niet de laag {names}"),
    ("choose ttl or trig for it", "kies daarvoor ttl of trig"),
    ("choose ttl or nt", "kies ttl of nt"),
    ("choose trig or nq", "kies trig of nq"),
    ("choose another format", "kies een ander formaat"),
    ("XML cannot hold the character U+{code}", "XML kan het teken U+{code} niet bevatten"),
    ("xlsx has no room for more than {count} columns", "xlsx heeft geen plaats voor meer dan {count} kolommen"),
    ("xlsx has no room for more than {count} rows", "xlsx heeft geen plaats voor meer dan {count} rijen"),
    (
        "xlsx has no room for more than {count} characters in a cell",
        "xlsx heeft geen plaats voor meer dan {count} tekens in een cel",
    ),
    ("choose csv", "kies csv"),
    ("RDF/XML cannot write the direction of {term}", "RDF/XML kan de schrijfrichting van {term} niet weergeven"),
    ("RDF/XML cannot write the triple term {term}", "RDF/XML kan de tripleterm {term} niet weergeven"),
    ("RDF/XML cannot write the predicate <{iri}>", "RDF/XML kan het predicaat <{iri}> niet weergeven"),
    ("JSON-LD cannot write the direction of {term}", "JSON-LD kan de schrijfrichting van {term} niet weergeven"),
    ("JSON-LD cannot write the triple term {term}", "JSON-LD kan de tripleterm {term} niet weergeven"),
    ("JSON-LD would read <{iri}> by the prefix {prefix}:", "JSON-LD zou <{iri}> lezen met de prefix {prefix}:"),
    # A graph on another server
    ("{url}: {reason}", "{url}: {reason}"),
    ("HTTP {status}", "HTTP {status}"),
    ("the server sends on and on", "de server blijft doorsturen"),
    ("the server sends on to {address}", "de server stuurt door naar {address}"),
    ("give that address if you trust it", "geef dat adres op als u het vertrouwt"),
    (
        "is this the address of the SPARQL service itself, such as …/sparql or …/query?",
        "is dit het adres van de SPARQL-dienst zelf, zoals …/sparql of …/query?",
    ),
    ("the server cuts answers at {count} rows", "de server kapt antwoorden af na {count} rijen"),
    ("ask for less, with LIMIT", "vraag minder, met LIMIT"),
    ("the server refuses the login", "de server weigert de aanmelding"),
    (
        "it wants a Digest login; fot-graph knows Basic and Bearer only",
        "hij wil een aanmelding met Digest; fot-graph kent alleen Basic en Bearer",
    ),
    (
        "check FOT_GRAPH_USER and FOT_GRAPH_PASSWORD, or FOT_GRAPH_TOKEN",
        "kijk FOT_GRAPH_USER en FOT_GRAPH_PASSWORD na, of FOT_GRAPH_TOKEN",
    ),
    (
        "set FOT_GRAPH_USER and FOT_GRAPH_PASSWORD, or FOT_GRAPH_TOKEN",
        "stel FOT_GRAPH_USER en FOT_GRAPH_PASSWORD in, of FOT_GRAPH_TOKEN",
    ),
    (
        "the server gave up and sent a part of the answer",
        "de server gaf het op en stuurde maar een deel van het antwoord",
    ),
    ("ask for less", "vraag minder"),
    ("the answer is {type}, not RDF", "het antwoord is {type}, geen RDF"),
    ("the answer is of no known type, not RDF", "het antwoord is van een onbekend type, geen RDF"),
    ("the answer breaks off or is malformed: {words}", "het antwoord breekt af of is niet goed gevormd: {words}"),
    (
        "try again; if it stays so, tell who runs the server",
        "probeer opnieuw; blijft het zo, meld het dan aan de beheerder van de server",
    ),
    ("there is no server of that name", "er is geen server met die naam"),
    ("check the address and the network", "kijk het adres en het netwerk na"),
    ("the connection is refused", "de verbinding is geweigerd"),
    ("is the server running?", "is de server gestart?"),
    ("the server does not respond", "de server antwoordt niet"),
    ("the server falls silent", "de server stuurt niets meer"),
    ("try again later, or ask for less", "probeer het later opnieuw, of vraag minder"),
    ("no safe connection", "er is geen veilige verbinding"),
    ("check the address and the server's certificate", "kijk het adres en het certificaat van de server na"),
    ("the connection broke off", "de verbinding is weggevallen"),
    (
        "Virtuoso follows a path with + or * only from a known end: bind one of the two",
        "Virtuoso volgt een pad met + of * alleen vanaf een bekend uiteinde: leg een van de twee vast",
    ),
    ("'{address}' is no address of a server", "‘{address}’ is geen adres van een server"),
    ("write it like https://example.org/sparql", "schrijf het zoals https://example.org/sparql"),
    # Files and stores, and documents in them
    ("cannot read {path}: {reason}", "kan {path} niet lezen: {reason}"),
    ("permission denied", "geen toegang"),
    ("the store is damaged", "de opslag is beschadigd"),
    ("it is no store", "het is geen opslag"),
    ("there is nothing in the store", "er staat niets in de opslag"),
    ("fot-graph load --store DIR makes one", "fot-graph load --store MAP maakt er een"),
    ("there is no such folder", "die map bestaat niet"),
    ("it is no folder", "het is geen map"),
    ("another program is writing it", "een ander programma schrijft erin"),
    ("wait until it has ended", "wacht tot het klaar is"),
    ("it is replaced all the time", "ze wordt voortdurend vervangen"),
    ("try again", "probeer het opnieuw"),
    (
        "the store is whole, but not yours to read: ask its owner, or set the rights with chmod",
        "de opslag is heel, maar u mag ze niet lezen: vraag het de eigenaar, of pas de rechten aan met chmod",
    ),
    ("the store itself may be whole", "de opslag zelf kan heel zijn"),
    ("the other files of the store may be whole", "de andere bestanden van de opslag kunnen heel zijn"),
    ("remove it and write it anew with fot-graph load", "verwijder die en maak die opnieuw met fot-graph load"),
    ("it has more than {count} bytes, the most that is read", "het telt meer dan {count} bytes, het hoogste aantal"),
    ("it is no file", "het is geen bestand"),
    ("it is a folder", "het is een map"),
    ("it is a named pipe", "het is een pipe"),
    ("it is a device", "het is een apparaat"),
    ("name a file", "geef een bestand op"),
    ("byte {count} is not UTF-8", "byte {count} is geen UTF-8"),
    ("it is no TOML: {words}", "het is geen TOML: {words}"),
    ("save the file as UTF-8", "bewaar het bestand als UTF-8"),
    ("fot_graph was installed without this folder", "fot_graph is zonder deze map geïnstalleerd"),
    ("install the package again", "installeer het pakket opnieuw"),
    ("source line {line}: {reason}", "regel {line} van de bron: {reason}"),
    ("the head of the answer is incomplete", "de aanhef van het antwoord is onvolledig"),
    ("the answer is missing", "het antwoord ontbreekt"),
    (
        "the answer begins with 'ANTWOORD op vraag nr. 358 van 12 februari 2020 van NAME'",
        "het antwoord begint met ‘ANTWOORD op vraag nr. 358 van 12 februari 2020 van NAAM’",
    ),
    ("'{date}' is no date", "‘{date}’ is geen datum"),
    ("as in '12 februari 2020'", "zoals in ‘12 februari 2020’"),
    ("no question item follows the title", "na de titel volgt geen onderdeel van de vraag"),
    ("items are numbered: '1. ...'", "onderdelen zijn genummerd: ‘1. …’"),
    ("the {unit} is missing", "{unit} ontbreekt"),
    (
        "a question opens with its policy field, a blank line and its title",
        "een vraag begint met haar beleidsveld, een lege regel en haar titel",
    ),
)
