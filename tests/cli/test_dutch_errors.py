"""What goes wrong on the command line is told in Dutch to whom asks for it, or whose locale is Dutch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

SELECT = "SELECT * { ?s ?p ?o }"
WRONG = [  # the command line, and what is said of it
    (("ask", "findngs"), "onbekende vraag ‘findngs’ (bedoelt u findings of findings-in-context?)"),
    (("ask", "zzz"), "onbekende vraag ‘zzz’ (fot-graph questions somt ze op)"),
    (("ask",), "dit moet u nog opgeven: NAAM (fot-graph ask --help geeft uitleg)"),
    (("ask", "everything-about", "--entity", "SERF"), "onbekende naam ‘SERF’ (bedoelt u SERV of sterk?)"),
    (
        ("ask", "everything-about", "--entitty", "SERV"),
        "vraag ‘everything-about’ heeft geen parameter --entitty (bedoelt u --entity?)",
    ),
    (("ask", "findings", "--x", "1"), "vraag ‘findings’ heeft geen parameter --x (ze heeft --kind)"),
    (("asc",), "onbekend commando ‘asc’ (bedoelt u ask?)"),
    (("show",), "dit moet u nog opgeven: ENTITEIT (fot-graph show --help geeft uitleg)"),
    (("show", "SERV", "-f", "cvs"), "onbekend formaat ‘cvs’ (bedoelt u csv?)"),
    (("show", "SERV", "-f"), "de optie -f/--format heeft een waarde nodig (fot-graph show --help geeft uitleg)"),
    (
        ("show", "SERV", "--iris=ja"),
        "de optie --iris krijgt geen waarde, dus niet ‘ja’ (fot-graph show --help geeft uitleg)",
    ),
    (("show", "SERV", "extra"), "‘extra’ wordt hier niet verwacht (fot-graph show --help geeft uitleg)"),
    (("show", "SERV", "--fromat", "csv"), "onbekende optie ‘--fromat’ (bedoelt u --format, --data of --status?)"),
    (("path", "SERV", "zzzzq"), "onbekende naam ‘zzzzq’ (geef een naam, of een CURIE zoals id:een-naam)"),
    (("cite", "SERV"), "id:serv is geen bewering (fot-graph show id:serv geeft de beweringen erover)"),
    (("query", "/nergens.rq"), "kan /nergens.rq niet lezen: dat bestand of die map bestaat niet"),
    (("query", "/"), "kan / niet lezen: het is een map (geef een bestand op)"),
    (("query",), "een query komt van één plaats (geef BESTAND, of - voor de standaardinvoer, of -e SPARQL)"),
    (("query", "-e", "CLEAR ALL"), "query geweigerd op regel 1, kolom 1: CLEAR zou de graaf wijzigen (een query mag"),
    (("query", "-e", "SLECT * {}"), "fout in de query op regel 1, kolom 1: een query begint niet met ‘SLECT’ (bedoelt"),
    (("query", "-e", SELECT, "--max-rows", "x"), "‘x’ is geen aantal rijen (1, 100 …; 0 voor alle)"),
    (("query", "-e", SELECT, "-f", "ttl"), "SELECT geeft geen graaf, en alleen die kan ttl tonen (kies er een uit: "),
    (("query", "-e", SELECT, "--status", "statd"), "onbekende status ‘statd’ (bedoelt u stated?)"),
    (("query", "-e", SELECT, "--store", "/nergens"), "kan /nergens niet lezen: die map bestaat niet (fot-graph load"),
    (
        ("query", "-e", SELECT, "--store", "a", "--endpoint", "b"),
        "de optie --endpoint gaat niet samen met --store (fot-graph query --help geeft uitleg)",
    ),
    (("query", "-e", SELECT, "--endpoint", "ftp://x"), "‘ftp://x’ is geen adres van een server (schrijf het zoals"),
    (("query", "-e", SELECT, "-o", "/nergens/x.csv"), "kan /nergens/x.csv niet schrijven: die map bestaat niet"),
    (("export", "--layer", "clams"), "onbekende laag ‘clams’ (bedoelt u claims?)"),
    (("export", "--for-validation", "--layer", "claims"), "--for-validation schrijft de hele graaf (laat --layer en"),
    (("export", "-f", "dot", "--layer", "naming"), "dot bevat beweringen, niet de laag naming (kies daarvoor ttl of"),
    (("draw", "-o", "x.svg"), "wat wilt u tekenen? (kies --theme-map, --focus ENTITEIT of --question NAAM)"),
    (("validate", "/nergens"), "kan /nergens niet lezen: dat bestand of die map bestaat niet"),
    (("mend", "/nergens"), "kan /nergens niet lezen: hier is geen document (geef een map met source.txt en"),
    (("load", "--store", "/"), "/ is een map waarin iets anders staat (geef een nieuwe map op)"),
    (("serve", "--port", "x"), "‘x’ is geen poort (0 tot 65535)"),
    (("serve", "--limit", "tme=3"), "onbekende limiet ‘tme’ (bedoelt u time?)"),
    (("serve", "--limit", "time=0"), "de limiet ‘time’ is groter dan 0 en kleiner dan 1e+15"),
    (("serve", "--cors", "null"), "elke website kan een pagina maken met als origin null (met --cors '*' mogen alle"),
]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) in (2, 3)
    return capsys.readouterr().err


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_what_is_wrong_is_told_in_dutch(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, *words, "--lang=nl").startswith(f"fot-graph: {said}")


@pytest.mark.parametrize("words", [("ask", "zzz"), ("asc",), ("--x",), ("--print-completion",)])
def test_the_locale_chooses_where_nothing_else_does(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    english, dutch = told(capsys, *words), told(capsys, *words, "--lang", "nl")
    monkeypatch.setenv("LC_ALL", "nl_BE.UTF-8")
    assert english != dutch
    assert told(capsys, *words) != english
    assert told(capsys, *words, "--lang", "en").startswith(english[:20])


def test_notes_are_in_the_language_of_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for command, said in (
        (("query", "-e", SELECT, "--max-rows", "1"), "afgebroken na 1 rij; --max-rows 0 geeft ze alle"),
        (("export", "-f", "dot", "-o", str(tmp_path / "x.dot")), "dot bevat alleen de verbanden tussen dingen"),
    ):
        assert main([*command, "--lang", "nl"]) == 0
        assert capsys.readouterr().err.startswith(f"fot-graph: {said}")
