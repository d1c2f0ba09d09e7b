"""References in invented sentences, Dutch, French and English: their kind, words, number and date."""

from __future__ import annotations

from pathlib import Path

import pytest

from fot_graph.text.finding.references import references

SENTENCES = Path(__file__).with_name("references.txt").read_text(encoding="utf-8")

NONE = """
Ik ben het daarmee niet akkoord.
Bent u akkoord met deze stelling?
Het is bij wet verboden.
De wet bepaalt dat iedereen gelijk is.
Er is geen akkoord bereikt.
Een kaderwet is nodig.
Zoals aangegeven in antwoord op vraag 4.
Zie het antwoord op vraag nr. 2.
Het onderzoek loopt nog.
Ik wacht op het rapport.
Een studie is besteld.
Zij maakte een verslag van de vergadering.
Er werden besluiten genomen.
De richtlijn werd niet gevolgd.
Bepaalde vroegere samenwerkingsakkoorden worden niet voortgezet.
Il n'est pas d'accord.
La loi prévoit une exception.
This is not in order to act.
The Government will act in 2021.
The Minister for Housing acted.
Het wetsontwerp werd ingediend op 3 mei 2020.
Het voorontwerp van wet van 3 mei 2020.
In het verslag staat dit.
Er loopt een onderzoek in 2021.
Uit onderzoek blijkt dat 2020 een goed jaar was.
De nota wordt besproken in de commissie van 3 mei 2021.
Ik zal een advies vragen aan de Raad van State.
The Irish Government published the strategy.
De nieuwe overeenkomst werd besproken.
De praktijkrichtlijn is duidelijk en de bouwverordening ook.
Ik vroeg advies aan de Raad op 3 mei 2021.
Mail jan@x.be of zie bijv.de tekst.
Une directive européenne sera transposée.
The proposed directive is pending; the same directive too.
Hij gaf het advies om te wachten tot 3 mei 2021.
Ik geef u het advies van mijn administratie mee, dat dateert van 4 juni.
De toezichthouder volgt de richtlijn van 3 mei 2021.
Ik zal op advies van de raad in 2021 beslissen.
"""


@pytest.mark.parametrize("line", SENTENCES.splitlines())
def test_references_are_found_with_number_and_date(line: str) -> None:
    sentence, wanted = line.split(" | ")
    found = []
    for each in references(sentence):
        told = " ".join(filter(None, (each.number, each.date)))
        found.append(f"{each.kind}: {sentence[each.start : each.end]}" + (f" = {told}" if told else ""))
    assert found == wanted.split(" ; ")


@pytest.mark.parametrize("sentence", NONE.strip().splitlines())
def test_what_names_nothing_is_no_reference(sentence: str) -> None:
    assert not references(sentence)
