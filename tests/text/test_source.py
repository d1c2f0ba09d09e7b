"""The layout of the source, checked against what a person reads in it, and against generated written questions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fot_graph.core.errors import InputFileError
from fot_graph.text.passages import reflow
from fot_graph.text.source import Source, parse, read

if TYPE_CHECKING:
    from fot_graph.text.units import Unit

PATH = Path(__file__).parents[2] / "data/documents/vp-sv-2019-2020-358/source.txt"
SOURCE = read(PATH)

HEADINGS = "WERK\n\nTitel\n\n"
HEAD = "ANTWOORD\nop vraag nr. 7 van 1 maart 2021\nvan AN DE SMET\n\n"
LEAF_KINDS = {
    *("policy-field", "heading", "title", "answer-head", "marker", "sentence", "mark", "table-header", "table-row"),
    *("signature", "furniture"),
}


def words(source: Source, unit: Unit) -> str:
    """The unit's text with white space folded, and nothing else changed."""
    return " ".join(source.text[unit.start : unit.end].split())


def parts(unit: Unit, kind: str) -> list[Unit]:
    """The units of a kind in the unit, at any depth, in order."""
    below = [found for child in unit.children for found in parts(child, kind)]
    return [unit, *below] if unit.kind == kind else below


def sentences(source: Source, unit: Unit) -> list[str]:
    return [words(source, sentence) for sentence in parts(unit, "sentence")]


def labels(units: list[Unit]) -> list[str]:
    return [unit.label for unit in units]


def item(label: str, source: Source = SOURCE) -> Unit:
    """The answer item with this label."""
    return next(unit for unit in source.answer_items() if unit.label == label)


def asked(label: str, source: Source = SOURCE) -> Unit:
    """The question item with this label."""
    return next(unit for unit in source.question_items() if unit.label == label)


def answered(text: str, *, question: str = "1. Wat?\n\n2. Wie?\n\n3. Waar?\n") -> Source:
    """A written question of three items, with this answer."""
    return parse(HEADINGS + question + HEAD + text)


def split(text: str) -> list[str]:
    """The sentences of a text that is the answer to the first item."""
    source = answered(f"1. {text}\n")
    return sentences(source, item("1", source))


def assert_lawful(source: Source) -> None:
    """Every character that is not white space lies in exactly one leaf, and the tree is a tree."""
    covered = []
    for leaf in source.leaves():
        stretch = source.text[leaf.start : leaf.end]
        assert leaf.kind.removesuffix("-part") in LEAF_KINDS
        assert stretch
        assert stretch == stretch.strip()
        covered += [at for at in range(leaf.start, leaf.end) if not source.text[at].isspace()]
    assert covered == [at for at, character in enumerate(source.text) if not character.isspace()]
    for unit, parent in source.walk():
        assert parent is None or parent.start <= unit.start < unit.end <= parent.end
        assert all(one.end <= other.start for one, other in zip(unit.children, unit.children[1:], strict=False))


# --- The source as a person reads it --------------------------------------------------------------------------------


def test_heads() -> None:
    assert [(field.name, field.value) for field in SOURCE.fields] == [
        ("policy_field", "WERK, SOCIALE ECONOMIE EN LANDBOUW"),
        ("title", "Focus op Talent-beleid - Hervorming"),
        ("number", "358"),
        ("date_asked", "2020-02-12"),
        ("author", "TOM ONGENA"),
    ]
    assert (SOURCE.number, SOURCE.title) == ("358", "Focus op Talent-beleid - Hervorming")
    assert [SOURCE.text[field.start : field.end] for field in SOURCE.fields][2:] == [
        *("358", "12 februari 2020", "TOM ONGENA"),
    ]
    assert (SOURCE.layout, SOURCE.language, SOURCE.missing) == (
        *("flemish-parliament", "nl", ("addressee", "answered_by")),
    )


def test_the_text_is_untouched() -> None:
    assert SOURCE.text == PATH.read_bytes().decode()
    assert len(SOURCE.text) == 8495


def test_top_of_the_tree() -> None:
    assert [child.kind for child in SOURCE.root.children] == ["policy-field", "question", "answer"]
    _, question, answer = SOURCE.root.children
    assert [child.kind for child in question.children] == ["title", "paragraph", *["question-item"] * 8]
    assert [child.kind for child in answer.children] == ["answer-head", *["answer-item"] * 3]
    head = answer.children[0]
    assert words(SOURCE, head) == "ANTWOORD op vraag nr. 358 van 12 februari 2020 van TOM ONGENA"
    assert [SOURCE.line(head.start), SOURCE.line(head.end)] == [40, 42]


def test_law_holds_for_the_source() -> None:
    assert_lawful(SOURCE)


def test_question_items() -> None:
    assert labels(SOURCE.question_items()) == ["1", "2", "3a", "3b", "4", "5", "6", "7"]
    markers = [unit.children[0] for unit in SOURCE.question_items()]
    assert [words(SOURCE, marker) for marker in markers] == ["1.", "2.", "3. a)", "b)", "4.", "5.", "6.", "7."]
    assert labels(markers) == [words(SOURCE, marker) for marker in markers]


def test_context_of_the_question() -> None:
    context = SOURCE.root.children[1].children[1]
    assert outer_words(context) == ["Het … Jobkanaal.", "Het … toe."]


@pytest.mark.parametrize(
    ("label", "paragraphs", "expected"),
    [
        ("1", 2, ["Werd … opgestart?", "Zo … door?", "Wat … gebeurt?"]),
        ("2", 3, ["Zijn … evaluatie?", "Zo … werkpunten?", "Zo … verwacht?"]),
        ("3a", 1, ["Klopt … digitalisering?"]),
        ("3b", 1, ["Hoe … diversiteit?"]),
        ("4", 2, ["Zal … oproep?", "Zo … gekozen?", "Welke … geviseerd?"]),
        ("5", 1, ["Zal … (SERV)?"]),
        ("6", 1, ["Tegen … verwacht?"]),
        ("7", 1, ["Wat … stelsel?"]),
    ],
)
def test_sentences_of_each_question_item(label: str, paragraphs: int, expected: list[str]) -> None:
    assert len(parts(asked(label), "paragraph")) == paragraphs
    assert outer_words(asked(label)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            "1",
            ["Ja. … Ja.", "Mijn … talent-beleid.", "Deze … talent-barometer).", "Daarnaast … data.", "Ten … gezet."],
        ),
        (
            "2",
            [
                *("Er … beschikbaar.", "De … talent-de-fot-barometer-1.", "De … op:"),
                *("Het … gebleven.", "De … beperkt.", "De … inzichten.", "Zo … hebben:"),
                "De … ….",
                *("De … actie.", "Ze … ….", "Ook … schuiven.", "Zo … aangesproken.", "Telkens … talent."),
                *("De … netwerk).", "De … effectief.", "De … efficiëntiewinsten.", "Elk … verhoogd."),
                "De … mee:",
                *("De … bereiken.", "Ze … aan.", "De … mobiliseren.", "Het … uit.", "De … Talent.", "Een … is."),
            ],
        ),
        (
            "3-7",
            [
                *("Momenteel … heroriënteringsoefening.", "Wat … mainstreamen.", "Daarnaast … viona-onderzoek."),
                *("Ook … beleid.", "Zo … non-discriminatie.", "We … vergelijking.", "De … ingezet.”"),
                *("Hierin … worden.", "Denk … arbeidsmarkt."),
                *("Veel … arbeidskrachten.", "Daartegenover … werk.", "Het … uitdaging.", "Meer … krijgen."),
                *("Dit … is.", "De … spelen.", "Ze … brengen.", "Tegen … belangrijk.", "Ondernemingen … omgeving."),
                *("Hoe … sectorconvenants,…).", "Uiteraard … partners.", "Gezien … Talent."),
            ],
        ),
    ],
)
def test_sentences_of_each_answer_item(label: str, expected: list[str]) -> None:
    assert outer_words(item(label)) == expected


def outer_words(unit: Unit) -> list[str]:
    """Each sentence of the unit as its first and last word."""
    return [f"{text.split()[0]} … {text.split()[-1]}" for text in sentences(SOURCE, unit)]


def test_answered_by() -> None:
    assert {answer.label: SOURCE.answered_by(answer) for answer in SOURCE.answer_items()} == {
        "1": ["1"],
        "2": ["2"],
        "3-7": ["3a", "3b", "4", "5", "6", "7"],
    }


def test_parts_of_the_second_answer() -> None:
    kinds = [child.kind for child in item("2").children]
    assert kinds == ["marker", "paragraph", "table", *["paragraph"] * 3, "list", "paragraph", "list"]
    assert [len(parts(each, "list-item")) for each in parts(item("2"), "list")] == [5, 3]
    assert {words(SOURCE, each.children[0]) for each in parts(item("2"), "list-item")} == {"-"}
    assert [len(parts(each, "sentence")) for each in parts(item("2"), "list-item")] == [1, 5, 1, 1, 2, 2, 3, 1]


def test_table() -> None:
    (table,) = parts(SOURCE.root, "table")
    assert [child.kind for child in table.children] == ["table-header", *["table-row"] * 6]
    assert [words(SOURCE, child) for child in table.children] == [
        "aantal adviesdossiers HRM Subsidie aantal adviesdossiers diversiteit Subsidie",
        "2016 443 707.315,48 nvt nvt",
        "2017 403 609.407,71 9 28.433,60",
        "2018 433 668.537,28 15 29.525,31",
        "2019 452 749.233,81 13 27.409,50",
        "Aantal dienstverleners HRM (advies) 514",
        "Aantal dienstverleners Diversiteit (advies) 74",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Telkens met als doel het doorbreken van vooroordelen, het wegwerken van drempels en het doen kijken naar "
        "talent.",
        "De projecten dienen (slechts) gezien te worden als een deeltje van een groter radarwerk om de verhoging van "
        "de werkzaamheidsgraad te bereiken.",
        "Ondernemingen zullen zich steeds meer moeten richten naar de groepen die momenteel nog ondervertegenwoordigd "
        "blijven op de arbeidsmarkt en deze groepen ook moeten meenemen in een human capital-aanpak om te kunnen "
        "blijven innoveren en concurrentieel te blijven in een veranderende omgeving.",
        "De Focus op Talent-middelen worden via co-financiering resultaatsgericht ingezet.”",
        "Zo stelt het regeerakkoord dat: “We ondersteunen ondernemingen, partnerschappen en sectoren die binnen "
        "transitietrajecten aan de slag gaan met werkbaarheid, loopbaanbeleid, werkplekleren, diversiteit en "
        "non-discriminatie.",
        "De Focus op talent-barometer is te raadplegen op "
        "https://www.vlaanderen.be/publicaties/de-kansengroepbarometer-met-focus-op-talent-de-fot-barometer-1.",
        "Meer nog, er zijn bijkomende maatregelen nodig om 120.000 Vlamingen extra aan het werk te krijgen.",
    ],
)
def test_whole_sentences(sentence: str) -> None:
    units = parts(SOURCE.root, "sentence")
    assert [reflow(SOURCE.text[unit.start : unit.end]) for unit in units].count(sentence) == 1


def test_lines_count_from_one() -> None:
    assert SOURCE.line(0) == 1
    assert SOURCE.line(SOURCE.text.index("\n")) == 1
    assert SOURCE.line(SOURCE.text.index("\n") + 1) == 2
    assert SOURCE.line(item("3-7").start) == 126


def test_walk_gives_parents_before_their_parts() -> None:
    assert next(SOURCE.walk()) == (SOURCE.root, None)
    assert all(parent is None or unit in parent.children for unit, parent in SOURCE.walk())
    starts = [unit.start for unit, _ in SOURCE.walk()]
    assert starts == sorted(starts)


# --- Sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Dat kan o.a. Vlaanderen zelf, bv. Gent.",
        "Zie nr. 358 en art. 12, cfr. Hoofdstuk 3 (vb. Gent).",
        "Dit is m.b.t. HRM, d.w.z. Human resources, goed voor 707.315,48 euro.",
        "Sectoren (teams, …) Vlaanderen en (werkgevers, enz.) Brussel.",
        "Teams, werkgevers,….",
        "Zie https://www.werk.be/a.b/c?x=1 en www.werk.be.",
        "Volgens J. Janssens en T.H. Peeters wel.",
        "Ook “Wat nu?” vroeg men, en toen niets!",
        "Het staat op:\nhttps://www.werk.be.",
        "Zo zegt men: “Wij gaan door.”",
        "Zonder punt",
    ],
)
def test_one_sentence(sentence: str) -> None:
    assert split(sentence) == [" ".join(sentence.split())]


@pytest.mark.parametrize(
    "expected",
    [
        ["Ja.", "Nee!", "Echt?", "Goed."],
        ["Werkgevers, enz.", "De rest volgt."],
        ["Werkgevers e.d.", "De rest volgt."],
        ["Teams, ….", "Ook anderen."],
        ["Dat was in 2019.", "443 dossiers volgden."],
        ["Men zegt: “Ja.”", "En dan?"],
        ["Dat geldt.", "(Zie ook hoger.)", "Verder niets."],
        ["Kijk (hier).", "“Daar” ook."],
        ["Goed.", "’s Avonds ook."],
    ],
)
def test_several_sentences(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected
    assert split(" \n".join(expected)) == expected


def test_a_number_at_the_start_of_a_paragraph_is_no_sentence() -> None:
    source = answered("3. Twee pistes.\n\n1. Eerste piste.\n\n2. Tweede piste.\n")
    assert sentences(source, item("3", source)) == ["Twee pistes.", "1. Eerste piste.", "2. Tweede piste."]


@pytest.mark.parametrize("gap", ["\n\n", " \n \n", "\n\n\n\n", "\n\f\n", "\n "])
def test_a_page_break_does_not_end_a_sentence(gap: str) -> None:
    source = answered(f"1. De groep en deze{gap}groepen ook. Verder.\n\n- Een groter{gap}geheel vb.{gap}hier.\n")
    whole = item("1", source)
    assert [child.kind for child in whole.children] == ["marker", "paragraph", "list"]
    assert sentences(source, whole) == ["De groep en deze groepen ook.", "Verder.", "Een groter geheel vb. hier."]


def test_a_new_paragraph_begins_with_a_capital_or_after_a_sentence() -> None:
    source = answered("1. Kop\n\nTekst die volgt.\n\nkleine letter na een punt.\n")
    assert len(parts(item("1", source), "paragraph")) == 3


# --- Numbers of items -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "label", "expected"),
    [
        ("1-2.", "1-2", ["1", "2"]),
        ("1 – 2. ", "1-2", ["1", "2"]),
        ("1 en 2. ", "1,2", ["1", "2"]),
        ("1., 2. ", "1,2", ["1", "2"]),
        ("1. en 3. ", "1,3", ["1", "3a", "3b", "3c"]),
        ("1, 2 en 3. ", "1,2,3", ["1", "2", "3a", "3b", "3c"]),
        ("1 tot en met 3. ", "1-3", ["1", "2", "3a", "3b", "3c"]),
        ("1 t.e.m. 2.", "1-2", ["1", "2"]),
        ("2-3a. ", "2-3a", ["2", "3a"]),
        ("3.", "3", ["3a", "3b", "3c"]),
        ("3. a) ", "3a", ["3a"]),
        ("3.\n\na) ", "3a", ["3a"]),
        ("3b) ", "3b", ["3b"]),
        ("3. a) en b) ", "3a,3b", ["3a", "3b"]),
        ("3. a-c) ", "3a-3c", ["3a", "3b", "3c"]),
        ("3. a. ", "3a", ["3a"]),
    ],
)
def test_markers_of_answers(marker: str, label: str, expected: list[str]) -> None:
    source = answered(f"{marker}Ja.\n", question="1. Wat?\n2. Wie?\n3. a) Waar?\nb) Hoe?\nc) En?\n")
    assert_lawful(source)
    (answer,) = source.answer_items()
    assert answer.label == label
    assert words(source, answer.children[0]) == " ".join(marker.split())
    assert source.answered_by(answer) == expected
    assert sentences(source, answer) == ["Ja."]


@pytest.mark.parametrize(
    "text",
    [
        "1. Er waren er\n2. Dat is veel.",  # the line before does not end a sentence
        "1. Ja.\n\n2.500 euro is veel.",
        "1. Ja.\n\n4. Nee.",  # nobody asked
        "1. Ja.\n\n1. Nee.",
        "1. Ja.\n\na) Nee.",
        "1. Ja.\n\n2019. Dat jaar.",
    ],
)
def test_numbers_that_begin_no_item(text: str) -> None:
    source = answered(text)
    assert_lawful(source)
    assert labels(source.answer_items()) == ["1"]


def test_items_without_empty_lines_between() -> None:
    source = answered("1. Ja.\n2. Nee.\n3. Soms.", question="1. Wat?\n2. Wie:\na) hier;\nb) daar?\n3. Waar?\n")
    assert labels(source.question_items()) == ["1", "2", "2a", "2b", "3"]
    assert labels(source.answer_items()) == ["1", "2", "3"]
    assert source.answered_by(item("2", source)) == ["2", "2a", "2b"]


def test_letters_stay_with_their_number() -> None:
    source = answered("1. Ja.", question="1. a) Wat?\n\nb) Wie?\n\n2. a) Waar?\n\nb) Hoe?\n\nd) Zo?\n")
    assert labels(source.question_items()) == ["1a", "1b", "2a", "2b"]
    assert sentences(source, asked("2b", source)) == ["Hoe?", "d) Zo?"]


def test_a_number_or_letter_out_of_its_place_is_text() -> None:
    source = answered("1. a) Ja.\n\n2. b) Nee.\n", question="1. Wat?\n\n1-1. Zo?\n\n2. b) Wie?\n")
    assert labels(source.question_items()) == labels(source.answer_items()) == ["1", "2"]
    assert sentences(source, asked("2", source)) == ["b) Wie?"]
    assert sentences(source, item("1", source)) == ["a) Ja."]


def test_text_before_the_first_answer_belongs_to_the_answer() -> None:
    source = answered("Vooraf dit.\n\n1. Ja.\n")
    answer = source.root.children[2]
    assert [child.kind for child in answer.children] == ["answer-head", "paragraph", "answer-item"]


def test_an_answer_without_numbers_is_one_item_that_answers_all() -> None:
    source = answered("Alles samen.\n\nNog iets.\n")
    (answer,) = source.answer_items()
    assert (answer.label, sentences(source, answer)) == ("", ["Alles samen.", "Nog iets."])
    assert source.answered_by(answer) == ["1", "2", "3"]


# --- Other layouts --------------------------------------------------------------------------------------------------


def test_title_over_two_lines_and_no_context() -> None:
    source = parse("WERK EN\nECONOMIE\n\nEen titel van \n twee regels \n\n1. Wat?\n" + HEAD + "1. Dit.\n")
    assert source.values("policy_field") == ["WERK EN ECONOMIE"]
    assert source.title == "Een titel van twee regels"
    assert (source.number, source.values("date_asked")) == ("7", ["2021-03-01"])
    assert source.values("author") == ["AN DE SMET"]
    assert_lawful(source)


def test_head_of_the_answer_on_one_line() -> None:
    source = parse(HEADINGS + "1. Wat?\n\n" + " ".join(HEAD.split()) + " \n\n1. Dit.\n")
    assert (source.number, source.values("author")) == ("7", ["AN DE SMET"])
    assert sentences(source, item("1", source)) == ["Dit."]


def test_table_with_its_header_in_the_same_block() -> None:
    source = answered("1. Zie de tabel:\n\nJaar Aantal\n2019 € 1.200,50\n2020 n.v.t.\n\nTotaal 12\n\nDit volstaat.\n")
    _, intro, table, after = item("1", source).children
    assert [child.kind for child in table.children] == ["table-header", *["table-row"] * 3]
    assert [intro.kind, after.kind] == ["paragraph", "paragraph"]


def test_two_tables() -> None:
    source = answered("1. Jaar Aantal\n\n2019 5\n2020 6\n\nMaand Aantal\n\nMei 5\nJuni 6\n")
    tables = parts(item("1", source), "table")
    assert [[words(source, child) for child in table.children] for table in tables] == [
        ["Jaar Aantal", "2019 5", "2020 6"],
        ["Maand Aantal", "Mei 5", "Juni 6"],
    ]


@pytest.mark.parametrize("text", ["Wij begonnen in 2019", "Het begon\nin 2018 en liep tot 2019", "Zie 2018.\nEn 2019."])
def test_prose_that_ends_in_a_year_is_no_table(text: str) -> None:
    assert parts(answered(f"1. {text}\n").root, "table") == []


def test_bullets() -> None:
    source = answered("1. Voor:\n- jongeren\n- ouderen\n• wie wil\n-\n\nDat is al.\n")
    assert [len(parts(each, "list-item")) for each in parts(source.root, "list")] == [4]
    assert sentences(source, item("1", source)) == ["Voor:", "jongeren", "ouderen", "wie wil", "Dat is al."]
    assert_lawful(source)


# --- What is missing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "layout", "missing"),
    [
        ("", "plain", ()),
        (HEADINGS + "1. Wat?\n", "plain", ()),
        (HEADINGS + "1. Wat?\nANTWOORD\nop vraag van 1 maart 2021\n", "flemish-parliament", ("number", "author")),
        (HEADINGS + "1. Wat?\n" + HEAD.replace("1 maart", "31 april"), "flemish-parliament", ("date_asked",)),
        (HEAD, "flemish-parliament", ("title", "question")),
        ("WERK\n\n1. Wat?\n\n2. Wie?\n" + HEAD, "flemish-parliament", ("title",)),
        (HEADINGS + "Wat?\n" + HEAD, "flemish-parliament", ()),
    ],
)
def test_nothing_is_refused_and_what_is_missing_is_told(text: str, layout: str, missing: tuple[str, ...]) -> None:
    source = parse(text)
    assert source.layout == layout
    assert tuple(name for name in source.missing if name not in ("addressee", "answered_by")) == missing
    assert_lawful(source)


def test_reading_normalises_line_ends_and_drops_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PATH.read_bytes().replace(b"\n", b"\r\n"))
    assert read(path) == SOURCE
    assert read(str(path)) == SOURCE


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="No such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(InputFileError, match="cannot read"):
        read(tmp_path)
    path = tmp_path / "latin.txt"
    path.write_bytes("coördinatie".encode("latin-1"))
    with pytest.raises(InputFileError, match="byte 2 is not UTF-8"):
        read(path)


# --- Generated written questions ------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "beleid ook, één m.b.t. HRM o.a. nr. 358 (digitale) 707.315,48 talent-barometer 120.000 2019 https://www.werk.be/a "
    "“kansen” Vlaanderen (teams, …) Focus".split()
)
SENTENCES = st.builds(
    lambda first, middle, last, stop: " ".join([first, *middle, last]) + stop,
    st.sampled_from(["Het", "Zo", "“Wij", "Één", "We"]),
    st.lists(WORDS, max_size=12),
    st.sampled_from(["is", "beleid", "Talent", "2020", "(SERV)", "zfp.pdf", "KPI’s"]),
    st.sampled_from([".", "?", "!", "….", ".”", ").", "…)."]),
)
BLOCKS = st.lists(SENTENCES, min_size=1, max_size=4)
GAPS = st.sampled_from(["\n", " \n", "\n ", " \n\n\n"])


@st.composite
def laid_out(draw: st.DrawFn, block: list[str]) -> str:
    """Lay out the sentences of a block: lines end anywhere, pages in the middle of a sentence."""
    text = " ".join(block)
    blanks = [match.start() for match in re.finditer(" ", text)]
    chosen = draw(st.sets(st.sampled_from(blanks), max_size=6)) if blanks else set()
    for at in sorted(chosen, reverse=True):
        inside = text[at + 1].islower() and text[at - 1].isalpha()
        gap = draw(GAPS)
        text = text[:at] + (gap if inside else "\n") + text[at + 1 :]
    return text


@st.composite
def written_questions(draw: st.DrawFn) -> tuple[str, list[tuple[str, list[str]]]]:
    """A written question in this layout, and the label and sentences of each of its items."""
    expected, question = [], []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        letters = draw(st.sampled_from(["", "", "ab", "abc"]))
        for letter in letters or [""]:
            block = draw(BLOCKS)
            marker = f"{number}. " * (letter in ("", "a")) + f"{letter}) " * bool(letter)
            question.append(marker + draw(laid_out(block)))
            expected.append((f"{number}{letter}", block))
    answer = []
    first = 1
    while first <= number:
        last = draw(st.integers(first, number))
        blocks = draw(st.lists(BLOCKS, min_size=1, max_size=3))
        label = str(first) if first == last else f"{first}-{last}"
        bullet = draw(st.sampled_from(["", "- "]))
        rest = [bullet + draw(laid_out(block)) for block in blocks[1:]]
        answer.append("\n\n".join([f"{label}.{draw(laid_out(blocks[0]))}", *rest]))
        expected.append((label, [sentence for block in blocks for sentence in block]))
        first = last + 1
    text = HEADINGS + "\n\n".join(question) + "\n" + draw(st.sampled_from(["", " "])) + HEAD + "\n\n".join(answer)
    return text, expected


@given(written_questions())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_generated_questions_parse_as_they_were_made(made: tuple[str, list[tuple[str, list[str]]]]) -> None:
    text, expected = made
    source = parse(text)
    assert_lawful(source)
    items = [*source.question_items(), *source.answer_items()]
    assert [(unit.label, sentences(source, unit)) for unit in items] == expected


NOISE = st.lists(
    st.sampled_from(["1.", "2. ", "a)", "3. b) ", "- ", "\n", "\n\n", " ", "Ja. ", "x", "…", ")", "“", ".”", ":"])
    | st.sampled_from(["nvt", "2016 5 6\n", "Jaar 5\n", "t.e.m. ", " en "]),
    max_size=30,
).map("".join)


@given(NOISE, NOISE, NOISE)
@settings(deadline=None, max_examples=200)
def test_no_character_is_lost_whatever_stands_between_the_heads(before: str, within: str, after: str) -> None:
    source = parse(f"{HEADINGS}{before}\n\n1. Wat?\n{within}\n{HEAD}{after}")
    assert_lawful(source)
