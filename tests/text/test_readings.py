"""Names and claims say what the source says: each case is a sentence that a person read beside its label or claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaged import expand
from pyoxigraph import Literal, NamedNode

from fot_graph.api import Graph, load
from fot_graph.questions import catalogue

SOURCE = Path(__file__).parents[2] / "data/documents/vp-sv-2019-2020-358/source.txt"
DOCUMENT = "claim:vp-sv-2019-2020-358"

# The thing, its Dutch and its English label, and the words of the source that they give.
LABELS = [
    (
        "doc:vp-sv-2019-2020-358/finding-small-part",
        "de projecten dienen (slechts) gezien te worden als een deeltje van een groter radarwerk",
        "the projects should be seen as (only) a small part of a larger machinery",
        "De projecten dienen (slechts) gezien te worden als een deeltje van een groter radarwerk",
    ),
    ("doc:vp-sv-2019-2020-358/larger-machinery", "een groter radarwerk", "a larger machinery", "een groter radarwerk"),
    (
        "doc:vp-sv-2019-2020-358/finding-indirect-approach-effective",
        "de omtrekkende beweging om focus op talent bij ondernemingen binnen te brengen vanuit bijvoorbeeld "
        "knelpuntvacatures of een aanpak op vlak van werkplekleren en de face-to-faceondersteuning blijkt effectief",
        "the indirect approach of bringing a focus on talent into enterprises from, for example, hard-to-fill "
        "vacancies or an approach in the field of workplace learning and face-to-face support proves effective",
        "De omtrekkende beweging om focus op talent bij ondernemingen binnen te brengen vanuit bijvoorbeeld "
        "knelpuntvacatures of een aanpak op vlak van werkplekleren en de face to face-ondersteuning blijkt effectief.",
    ),
    (
        "doc:vp-sv-2019-2020-358/intention-social-partners",
        "hier ook een pad lopen met de sociale partners",
        "working with the social partners on this as well",
        "Uiteraard loop ik hier ook een pad met de sociale partners.",
    ),
    ("group:flemish-people", "Vlamingen", "Flemish people", "Vlamingen"),
    (
        "doc:vp-sv-2019-2020-358/circumstance-people-without-work",
        "te veel Vlamingen hebben geen werk of zijn niet op zoek naar werk",
        "too many Flemish people have no work or are not looking for work",
        "te veel Vlamingen geen werk of zijn niet op zoek naar werk.",
    ),
    (
        "doc:vp-sv-2019-2020-358/goal-120000",
        "120.000 Vlamingen extra aan het werk",
        "120,000 more Flemish people at work",
        "om 120.000 Vlamingen extra aan het werk te krijgen.",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-efficiency-gains",
        "de projecten boekten doorheen de 3 jaar ook efficiëntiewinsten",
        "the projects also made efficiency gains throughout the 3 years",
        "De projecten boekten doorheen de 3 jaar ook efficiëntiewinsten.",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-diverse-ways",
        "de projecten ondernomen via diverse wegen actie",
        "the projects took action in a variety of ways",
        "De projecten ondernomen via diverse wegen actie.",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-own-expertise",
        "de partners hebben elk vanuit hun eigen expertise een project vorm gegeven om de aandacht voor focus op "
        "talent te vergroten",
        "the partners have each shaped a project from their own expertise to increase attention for a focus on talent",
        "De partners hebben elk vanuit hun eigen expertise een project vorm gegeven om de aandacht voor focus op "
        "talent te vergroten",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-diverse-constituencies",
        "werkgevers, werknemers en werkzoekenden worden succesvol aangesproken, met een eigen aanpak van elke partner",
        "employers, employees and jobseekers are successfully addressed, with an approach of each partner’s own",
        "waarvoor ze elk hun eigen aanpak naar voor schuiven. Zo worden zowel werkgevers, werknemers als "
        "werkzoekenden succesvol aangesproken.",
    ),
    ("means:own-approach", "eigen aanpak", "own approach", "waarvoor ze elk hun eigen aanpak naar voor schuiven."),
    (
        "doc:vp-sv-2019-2020-358/finding-audiences-reached",
        "de projecten bereiken elk een doelpubliek van sectoren, werkgevers, werknemers, werkzoekenden (met beperkte "
        "digitale vaardigheden) en inactieven (met een beperkt professioneel netwerk)",
        "the projects each reach an audience of sectors, employers, employees, jobseekers (with limited digital "
        "skills) and inactive people (with a limited professional network)",
        "werkzoekenden (met beperkte digitale vaardigheden) en inactieven (met een beperkt professioneel netwerk).",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-flanking",
        "de projecten zijn veeleer flankerend van aard en vullen het brede activeringsbeleid en het "
        "levenslang-lerenbeleid aan",
        "the projects are rather of a flanking nature and complement the broad activation policy and the lifelong "
        "learning policy",
        "Ze zijn veeleer flankerend van aard en vullen het brede activeringsbeleid (cfr VDAB) en "
        "levenslang-leren-beleid aan.",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-campaign-needs-clarity",
        "een ondersteunende communicatiecampagne is relevant om een ruimer bereik te realiseren maar heeft pas zin "
        "wanneer er duidelijkheid, visie en stroomlijning is",
        "a supporting communication campaign is relevant to achieve a wider reach but makes sense only when there is "
        "clarity, vision and streamlining",
        "Een ondersteunende communicatiecampagne is relevant om een ruimer bereik te realiseren maar heeft pas zin "
        "wanneer er duidelijkheid, visie en stroomlijning is.",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-hrm-files-stable",
        "het aantal adviesdossiers m.b.t. HRM is sinds de invoering van het Focus op Talent-beleid veeleer stabiel "
        "gebleven",
        "the number of advice files on HRM has remained rather stable since the introduction of the Focus op Talent "
        "policy",
        "Het aantal adviesdossiers m.b.t. HRM is sinds de invoering van het Focus op talent- beleid veeleer stabiel "
        "gebleven.",
    ),
    (
        "doc:vp-sv-2019-2020-358/finding-diversity-uptake-limited",
        "de opname van de kmo-portefeuille voor het bevorderen van diversiteit is beperkt",
        "take-up of the SME portfolio to promote diversity is limited",
        "De opname van de KMO Portefeuille voor het bevorderen van diversiteit is beperkt.",
    ),
    (
        "doc:vp-sv-2019-2020-358/circumstance-every-talent",
        "tegen de achtergrond van de krapte is elk talent belangrijk",
        "against the background of the tightness every talent is important",
        "Tegen de achtergrond van de krapte is elk talent immers belangrijk.",
    ),
    (
        "doc:vp-sv-2019-2020-358/measure-turn-to-groups",
        "ondernemingen zullen zich steeds meer moeten richten naar de groepen die momenteel nog ondervertegenwoordigd "
        "blijven op de arbeidsmarkt",
        "enterprises will increasingly have to turn to the groups that are at present still underrepresented in the "
        "labour market",
        "Ondernemingen zullen zich steeds meer moeten richten naar de groepen die momenteel nog ondervertegenwoordigd "
        "blijven op de arbeidsmarkt",
    ),
    (
        "doc:vp-sv-2019-2020-358/measure-human-capital",
        "ondernemingen zullen deze groepen ook moeten meenemen in een human-capitalaanpak",
        "enterprises will also have to include these groups in a human capital approach",
        "en deze groepen ook moeten meenemen in een human capital-aanpak",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-evaluator",
        "wie de evaluatie doorvoert, als er een is opgestart",
        "who carries out the evaluation, if one has been started",
        "Zo ja, wie voert die evaluatie door?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-evaluation-parameters",
        "op basis van welke parameters de evaluatie gebeurt, als er een is opgestart",
        "on the basis of which parameters the evaluation is made, if one has been started",
        "Wat zijn de parameters op basis waarvan de evaluatie gebeurt?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-conclusions-available",
        "of er al conclusies van de evaluatie beschikbaar zijn",
        "whether conclusions of the evaluation are already available",
        "Zijn er reeds conclusies beschikbaar van deze evaluatie?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-notable-conclusions",
        "de opmerkelijkste conclusies en werkpunten, als er al conclusies zijn",
        "the most notable conclusions and points for improvement, if there are conclusions already",
        "Zo ja, wat zijn de opmerkelijkste conclusies en werkpunten?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-results-expected",
        "tegen wanneer de resultaten worden verwacht, als er nog geen conclusies zijn",
        "by when the results are expected, if there are no conclusions yet",
        "Zo neen, tegen wanneer worden die resultaten verwacht?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-open-call",
        "of het nieuwe Focus op Talent op een systeem van open oproep wordt gebaseerd",
        "whether the new Focus op Talent will be based on an open-call system",
        "Zal het nieuwe Focus op Talent gebaseerd worden op een systeem van open oproep?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-open-call-reason",
        "waarom voor een systeem van open oproep wordt gekozen, als dat zo is",
        "why an open-call system is chosen, if it is",
        "Zo ja, waarom wordt hiervoor gekozen?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-open-call-partners",
        "welke specifieke partners met de open oproep worden geviseerd, als die er komt",
        "which specific partners the open call is aimed at, if there is to be one",
        "Welke specifieke partners worden met deze open oproep geviseerd?",
    ),
    (
        "doc:vp-sv-2019-2020-358/matter-advice-expected",
        "tegen wanneer de adviezen worden verwacht",
        "by when the opinions are expected",
        "Tegen wanneer worden de adviezen verwacht?",
    ),
]

# Words that limit what a sentence says: a name made of the sentence keeps them.
LIMITING = "dienen slechts zullen moeten veeleer pas niet geen weinig veel blijkt beoogde beperkt bleef".split()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def rows(graph: Graph, query: str) -> set[tuple[str, ...]]:
    """Give the rows of a query, each term as its text."""
    return {tuple("" if term is None else term.value for term in row) for row in graph.query(query).rows}  # type: ignore[union-attr]


# --- Labels ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "nl", "en", "words"), LABELS, ids=[name for name, *_ in LABELS])
def test_a_label_gives_the_words_of_the_source(graph: Graph, name: str, nl: str, en: str, words: str) -> None:
    assert words in " ".join(SOURCE.read_text(encoding="utf-8").split())
    assert (graph.label(expand(name), "nl"), graph.label(expand(name), "en")) == (nl, en)


def test_the_name_of_what_a_sentence_says_keeps_the_words_that_limit_it(graph: Graph) -> None:
    told = rows(
        graph,
        """SELECT DISTINCT ?label ?quote {
             { GRAPH ?claim { ?thing fot:findingKind ?kind } ?thing a fot:Finding }
             UNION { GRAPH ?claim { ?item fot:adduces ?thing } ?thing a fot:Circumstance }
             UNION { GRAPH ?claim { ?item fot:adduces ?thing } ?thing a fot:Measure }
             ?claim fot:quote ?quote . ?thing skos:prefLabel ?label . FILTER(LANG(?label) = 'nl') }""",
    )
    assert len(told) > 20
    quotes = {str(quote) for _, quote in told}
    for label, whole in told:
        quote = str(whole)
        for other in quotes - {quote}:
            quote = quote.replace(other, "")  # what the name of another thing says
        assert not [word for word in LIMITING if f" {word} " in f" {_words(quote)} " and word not in _words(label)]


def _words(text: str) -> str:
    return "".join(letter if letter.isalpha() else " " for letter in text.casefold())


def test_the_indirect_approach_and_not_the_workplace_is_what_proves_effective(graph: Graph) -> None:
    ((nl,), (en,)) = (
        rows(
            graph,
            f"""SELECT ?why {{ <{expand(DOCUMENT + "/indirect-approach-effective-informs-workplace-learning")}>
                  fot:rationale ?why FILTER(LANG(?why) = '{lang}') }}""",
        ).pop()
        for lang in ("nl", "en")
    )
    assert nl.startswith("Volgens de studie blijkt de omtrekkende beweging effectief, vanuit bijvoorbeeld een aanpak")
    assert en.startswith("According to the study the indirect approach, from for example an approach")


# --- Definitions and readings -----------------------------------------------------------------------------------------


def test_a_definition_outside_claims_reads_nothing_into_the_text(graph: Graph) -> None:
    defined = rows(
        graph,
        f"""SELECT DISTINCT ?thing {{ ?thing skos:definition ?text
              FILTER(STRSTARTS(STR(?thing), '{expand("id:")}'))
              FILTER NOT EXISTS {{ ?claim dcterms:source ?thing }} }}""",
    )
    assert defined == set()


def test_that_adjustment_and_reform_are_one_is_a_reading_with_its_reasons(graph: Graph) -> None:
    said = rows(
        graph,
        """SELECT ?matter ?status {
             GRAPH ?claim { ?matter fot:concerns doc:vp-sv-2019-2020-358\\/reform } ?claim fot:status ?status
             VALUES ?matter { doc:vp-sv-2019-2020-358\\/matter-adjustment-timing
             doc:vp-sv-2019-2020-358\\/matter-renewed-scheme } }""",
    )
    matters = ("doc:vp-sv-2019-2020-358/matter-adjustment-timing", "doc:vp-sv-2019-2020-358/matter-renewed-scheme")
    assert said == {(expand(matter), expand("status:interpreted")) for matter in matters}


# --- Claims ----------------------------------------------------------------------------------------------------------


def test_the_opinions_of_question_6_are_not_said_to_be_of_the_serv(graph: Graph) -> None:
    claim = expand(f"{DOCUMENT}/asks-advice-expected")
    concerned = rows(graph, "SELECT ?what { doc:vp-sv-2019-2020-358\\/matter-advice-expected fot:concerns ?what }")
    assert concerned == {(expand("doc:vp-sv-2019-2020-358/opinions-expected"),)}
    said = (
        "SELECT ?p ?o { GRAPH ?claim { doc:vp-sv-2019-2020-358\\/opinions-expected ?p ?o } ?claim fot:status ?status }"
    )
    assert rows(graph, said) == set()
    quoted = rows(graph, f"SELECT ?quote {{ <{claim}> fot:quote ?quote }}")
    assert quoted == {("Tegen wanneer worden de adviezen verwacht?",)}


def test_people_in_flanders_are_the_goal_of_the_agreement_and_flemings_that_of_the_answer(graph: Graph) -> None:
    """De Tijd, of 30 September 2019, as against the answer: 'om 120.000 Vlamingen extra aan het werk te krijgen'."""
    goals = rows(
        graph,
        """SELECT ?goal ?status ?label { GRAPH ?claim { ?goal sdmx-measure:obsValue 120000 } ?claim fot:status ?status .
             ?goal skos:prefLabel ?label FILTER(LANG(?label) = 'en') }""",
    )
    assert goals == {
        (expand("doc:vp-sv-2019-2020-358/goal-120000"), expand("status:stated"), "120,000 more Flemish people at work"),
        (expand("id:goal-120000-agreement"), expand("status:background"), "120,000 more people in Flanders at work"),
    }
    linked = rows(
        graph,
        """SELECT ?p ?status { GRAPH ?claim { doc:vp-sv-2019-2020-358\\/goal-120000 ?p id:goal-120000-agreement }
             ?claim fot:status ?status }""",
    )
    assert linked == {(expand("dcterms:relation"), expand("status:interpreted"))}


# --- Other sources ---------------------------------------------------------------------------------------------------


def test_the_end_in_themis_is_that_of_one_mandate_record(graph: Graph) -> None:
    """Other sources show the same minister of Work in office until May 2022."""
    assert rows(graph, "SELECT ?who ?office { ?who org:holds ?office }") == {
        (expand("id:mandate-crevits"), expand("id:office-minister-work"))
    }
    assert rows(graph, "SELECT ?what ?end { ?what mandaat:einde ?end }") == {
        (expand("id:mandate-crevits"), "2021-05-10")
    }


def test_the_question_gives_the_dates_as_those_of_the_record(graph: Graph) -> None:
    question = catalogue.question("minister-in-office")
    (found,) = graph.ask("minister-in-office").rows
    assert found["mandate"] == node("id:mandate-crevits")
    assert found["record_elsewhere"] == NamedNode("http://themis.vlaanderen.be/id/mandataris/5fed907ee6670526694a070d")
    dates = [Literal(day, datatype=node("xsd:date")) for day in ("2019-10-02", "2021-05-10")]
    assert [found["record_start"], found["record_end"]] == dates
    assert list(question.columns)[3:5] == ["begin van het record", "einde van het record"]


def test_of_a_source_whose_page_is_not_known_no_address_is_given(graph: Graph) -> None:
    known = rows(graph, "SELECT ?source ?page { ?claim dcterms:source ?source OPTIONAL { ?source foaf:page ?page } }")
    assert {page for _, page in known if page} == {
        "https://werk.be/beleidsthemas/focus-op-talent",
        "https://werk.be/beleidsthemas/focus-op-talent/wat-is-focus-op-talent/spoor-3-mobiliserende-strategie/"
        "esf-oproep-focus-op-talent",
        "https://ideaconsult.be/en/projects/intermediate-process-evaluation-focus-on-talent-policy",
        "https://esf-vlaanderen.be/nl/oproepen/focus-op-talent",
        "https://handicapenarbeid.be/handicap-en-arbeid-focus-op-talent",
        "https://statistiekvlaanderen.be/focus-op-talent-barometer-kansengroepen-in-cijfers-2016",
        "https://serv.be/serv/publicatie/advies-beleidsnota-werk-en-sociale-economie-2019-2024",
    }
    told = rows(graph, "SELECT ?source ?text { ?claim dcterms:source ?source . ?source skos:definition ?text }")
    unknown = {source for source, text in told if text.endswith("not known.")}
    assert unknown == {expand(f"id:source-{name}") for name in ("report", "de-tijd", "themis")}
