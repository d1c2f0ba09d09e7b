"""What the pages say themselves, in Dutch and English; what the data say comes from the graph."""

from __future__ import annotations

LANGUAGES = ("nl", "en")

WORDS: dict[str, dict[str, str]] = {
    "nl": {
        "site": "Vraag en antwoord",
        "site_about": (
            "Een parlementaire vraag en het antwoord van de minister als graaf: elk feit met de zin waarop het "
            "steunt."
        ),
        "language": "Nederlands",
        "skip": "Naar de inhoud",
        "menu": "Pagina’s",
        "search": "Zoek",
        "search_label": "Zoek in namen en brontekst",
        "search_key": "De toets / brengt u naar het zoekveld",
        "read": "Lezen",
        "board": "Gevraagd en beantwoord",
        "themes": "Thema’s",
        "figures": "Cijfers",
        "timeline": "Tijdlijn",
        "ask": "Bevragen",
        "graph": "Graaf",
        "ontology": "Ontologie",
        "licence": (
            "Ontologie en eigen gegevens: CC BY 4.0. De tekst van vraag en antwoord is een openbaar document van het "
            "Vlaams Parlement."
        ),
        "document": "document",
        "documents": "Documenten",
        "line": "regel",
        "source_line": "regel in de bron",
        "claim": "bewering",
        "claims": "beweringen",
        "facts": "feiten",
        "facts_here": "Feiten bij deze zin",
        "facts_of": "Feiten bij",
        "to_passage": "Naar de passage",
        "back": "Terug naar de zin",
        "open_list": "open lijst: de bron noemt voorbeelden, geen volledige opsomming",
        "question": "Vraag",
        "answer": "Antwoord",
        "of": "van",
        "joint": "gezamenlijk antwoord",
        "joint_on": "Eén antwoord op de vragen {}",
        "and": "en",
        "answer_to": "Antwoord op vraag {}",
        "unanswered_item": "Geen onderdeel van het antwoord vermeldt deze vraag.",
        "written_question": "Schriftelijke vraag {} van {}, {}",
        "filter": "Markeer wat …",
        "filter_status": "status heeft",
        "filter_theme": "over dit thema gaat",
        "all_themes": "alle thema’s",
        "all_statuses": "Zonder keuze zijn alle statussen gemarkeerd.",
        "apply": "Toon",
        "reset": "Wis de keuze",
        "kept": "{} van {} beweringen gemarkeerd",
        "coverage": "Dekking",
        "coverage_of": (
            "{} van {} zinnen, opschriften en tabelrijen aangehaald; {} zonder bewering, met de reden; {} niet "
            "gedekt."
        ),
        "uncovered": "niet gedekt",
        "no_claim": "geen bewering",
        "how_to_read": (
            "Wat onderstreept is, haalt een bewering aan; de lijn en de tekens achter een zin zeggen wie het zegt. "
            "Kies de tekens om de feiten te zien."
        ),
        "rationale": "Motivering",
        "derived": "Volgt uit",
        "computed_by": "Berekend met",
        "source": "Bron",
        "voice": "stem",
        "status": "Status",
        "cite": "Citeer dit",
        "asked": "Gevraagd",
        "verdict": "Oordeel",
        "quotes": "Citaten uit het antwoord",
        "item": "Onderdeel",
        "board_about": (
            "Wat is gevraagd, en wat zegt het antwoord daarover? Het oordeel is een lezing van de redactie, met de "
            "reden en de zinnen waarop het steunt."
        ),
        "nobody_judged": "niet beoordeeld",
        "export": "Bewaar als",
        "read_in_place": "Lees in de tekst",
        "not_found": "Niet gevonden",
        "went_wrong": "Dat lukte niet",
        "home": "Naar de leespagina",
        "outside": "buiten deze site",
        "table": "tabel in de bron",
        "themes_title": "Bevindingen en de hervormingsthema’s die ze voeden",
        "themes_about": (
            "Elke lijn is een lezing van de redactie: kies ze om de twee citaten en de motivering te zien."
        ),
        "findings": "Bevindingen",
        "finding": "Bevinding",
        "theme": "Thema",
        "inform": "voeden",
        "reform_themes": "Hervormingsthema’s",
        "close": "Sluit",
        "as_table": "Als tabel",
        "quotes_both": "Citaten: bevinding en thema",
        "unlinked": "Zonder verband",
        "in_nl": "Nederlands",
        "in_en": "Engels",
        "also": "Ook",
        "elsewhere": "Elders",
        "formats": "Formaten",
        "around": "Omgeving",
        "left_out": "{} feiten staan niet in de figuur; de tabel heeft ze alle.",
        "said_of_it": "Wat de beweringen erover zeggen",
        "fact": "Feit",
        "quotes_of": "Citaten of bron",
        "no_claim_speaks": "Geen bewering spreekt erover.",
        "rests_on": "Steunt op",
        "subject_side": "Van waaruit",
        "object_side": "Naar waar",
        "followers": "Hieruit volgt",
        "cite_text": "In woorden",
        "cite_md": "Markdown",
        "cite_bibtex": "BibTeX",
        "cite_csl": "CSL-JSON",
        "ontology_about": (
            "De termen waarin de graaf spreekt: eigen klassen en eigenschappen, wat van elders komt, en de "
            "begrippenlijsten."
        ),
        "kind_classes": "Klassen",
        "kind_properties": "Eigenschappen",
        "kind_borrowed-classes": "Klassen van elders",
        "kind_borrowed-properties": "Eigenschappen van elders",
        "schemes": "Begrippenlijsten",
        "relation_broader": "valt onder",
        "relation_domain": "zegt iets over",
        "relation_range": "wijst naar",
        "relation_close": "verwant met",
        "relation_inverse": "omgekeerde van",
        "figures_about": (
            "Alle tabellen met cijfers. Elk cijfer leidt naar de bewering die het geeft; ‘nvt’ is een ontbrekende "
            "waarde, geen nul."
        ),
        "period": "Periode",
        "as_in_table": "dezelfde waarden als in de tabel",
        "timeline_about": (
            "Alleen data die een bewering geeft, elk met haar status. Het jaar van ‘30 september’ staat niet in het "
            "antwoord: het is een lezing."
        ),
        "periods": "Perioden zonder datum",
        "dates": "Data",
        "read_as": "Gelezen als",
        "date_itself": "de datum zelf",
        "who_says": "Wie het zegt, en waar",
        "found": "{} namen en {} zinnen gevonden.",
        "more_found": "Er is meer: zoek met meer woorden.",
        "things": "Namen",
        "in_source": "In de brontekst",
        "graph_about": (
            "Wat er rond iets staat: links wat ernaar wijst, rechts waar het naar wijst. Kies een kader om te openen "
            "wat eromheen staat."
        ),
        "choose_thing": "Waarrond",
        "to_its_page": "Naar de eigen pagina",
        "relations": "Relaties",
        "relation": "Relatie",
        "opened": "Ook geopend",
        "from": "Van",
        "to": "Naar",
    },
    "en": {
        "site": "Question and answer",
        "site_about": (
            "A parliamentary question and the minister’s answer as a graph: every fact with the sentence that it "
            "rests on."
        ),
        "language": "English",
        "skip": "Skip to content",
        "menu": "Pages",
        "search": "Search",
        "search_label": "Search names and source text",
        "search_key": "The / key takes you to the search field",
        "read": "Read",
        "board": "Asked and answered",
        "themes": "Themes",
        "figures": "Figures",
        "timeline": "Timeline",
        "ask": "Ask",
        "graph": "Graph",
        "ontology": "Ontology",
        "licence": (
            "Ontology and our own data: CC BY 4.0. The text of the question and the answer is a public document of "
            "the Flemish Parliament."
        ),
        "document": "document",
        "documents": "Documents",
        "line": "line",
        "source_line": "line in the source",
        "claim": "claim",
        "claims": "claims",
        "facts": "facts",
        "facts_here": "Facts in this sentence",
        "facts_of": "Facts in",
        "to_passage": "To the passage",
        "back": "Back to the sentence",
        "open_list": "open list: the source gives examples, not everything",
        "question": "Question",
        "answer": "Answer",
        "of": "of",
        "joint": "joint answer",
        "joint_on": "One answer to questions {}",
        "and": "and",
        "answer_to": "Answer to question {}",
        "unanswered_item": "No item of the answer mentions this question.",
        "written_question": "Written question {} by {}, {}",
        "filter": "Mark what …",
        "filter_status": "has the status",
        "filter_theme": "is about this theme",
        "all_themes": "all themes",
        "all_statuses": "With nothing chosen, every status is marked.",
        "apply": "Show",
        "reset": "Clear the choice",
        "kept": "{} of {} claims marked",
        "coverage": "Coverage",
        "coverage_of": (
            "{} of {} sentences, headings and table rows quoted; {} without a claim, with the reason; {} not "
            "covered."
        ),
        "uncovered": "not covered",
        "no_claim": "no claim",
        "how_to_read": (
            "What is underlined is quoted by a claim; the line and the signs after a sentence tell who says so. "
            "Choose the signs to see the facts."
        ),
        "rationale": "Rationale",
        "derived": "Follows from",
        "computed_by": "Calculated by",
        "source": "Source",
        "voice": "voice",
        "status": "Status",
        "cite": "Cite this",
        "asked": "Asked",
        "verdict": "Verdict",
        "quotes": "Quotes from the answer",
        "item": "Item",
        "board_about": (
            "What was asked, and what does the answer say about it? The verdict is a reading by the editors, given "
            "with the reason and the sentences that it rests on."
        ),
        "nobody_judged": "not assessed",
        "export": "Save as",
        "read_in_place": "Read in the text",
        "not_found": "Not found",
        "went_wrong": "That did not work",
        "home": "To the reading page",
        "outside": "outside this site",
        "table": "table in the source",
        "themes_title": "Findings and the reform themes that they inform",
        "themes_about": "Each line is a reading by the editors: choose it to see the two quotes and the rationale.",
        "findings": "Findings",
        "finding": "Finding",
        "theme": "Theme",
        "inform": "inform",
        "reform_themes": "Reform themes",
        "close": "Close",
        "as_table": "As a table",
        "quotes_both": "Quotes: finding and theme",
        "unlinked": "Without a link",
        "in_nl": "Dutch",
        "in_en": "English",
        "also": "Also",
        "elsewhere": "Elsewhere",
        "formats": "Formats",
        "around": "What surrounds it",
        "left_out": "{} facts are not in the picture; the table has them all.",
        "said_of_it": "What the claims say of it",
        "fact": "Fact",
        "quotes_of": "Quotes or source",
        "no_claim_speaks": "No claim speaks of it.",
        "rests_on": "Rests on",
        "subject_side": "Where it starts",
        "object_side": "Where it leads",
        "followers": "From this follows",
        "cite_text": "In words",
        "cite_md": "Markdown",
        "cite_bibtex": "BibTeX",
        "cite_csl": "CSL-JSON",
        "ontology_about": (
            "The terms in which the graph speaks: classes and properties of its own, what comes from elsewhere, and "
            "the concept schemes."
        ),
        "kind_classes": "Classes",
        "kind_properties": "Properties",
        "kind_borrowed-classes": "Classes from elsewhere",
        "kind_borrowed-properties": "Properties from elsewhere",
        "schemes": "Concept schemes",
        "relation_broader": "falls under",
        "relation_domain": "says something of",
        "relation_range": "points to",
        "relation_close": "related to",
        "relation_inverse": "inverse of",
        "figures_about": (
            "All tables of figures. Every figure leads to the claim that gives it; ‘n/a’ is a missing value, not "
            "zero."
        ),
        "period": "Period",
        "as_in_table": "the same values as in the table",
        "timeline_about": (
            "Only dates that a claim gives, each with its status. The year of ‘30 September’ is not in the answer: "
            "it is a reading."
        ),
        "periods": "Periods without a date",
        "dates": "Dates",
        "read_as": "Read as",
        "date_itself": "the date itself",
        "who_says": "Who says so, and where",
        "found": "{} names and {} sentences found.",
        "more_found": "There is more: search with more words.",
        "things": "Names",
        "in_source": "In the source text",
        "graph_about": (
            "What surrounds a thing: on the left what points to it, on the right what it points to. Choose a box to "
            "open what surrounds it."
        ),
        "choose_thing": "Around",
        "to_its_page": "To its own page",
        "relations": "Relations",
        "relation": "Relation",
        "opened": "Also opened",
        "from": "From",
        "to": "To",
    },
}  # fmt: skip
