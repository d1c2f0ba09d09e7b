"""Who is named in what a head says of those who ask, are asked and answer, beside offices and bodies."""

from __future__ import annotations

import pytest

from fot_graph.text.bearers import name_of_person


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Zuhal Peeters Vlaams minister van Justitie en Handhaving, Omgeving, Energie en Toerisme", "Zuhal Peeters"),
        ("HILDE VOS VICEMINISTER-PRESIDENT VAN DE VLAAMSE REGERING, VLAAMS MINISTER VAN WERK", "HILDE VOS"),
        ("De Vlaamse minister van Werk, Hilde VOS", "Hilde VOS"),
        ("De Staatssecretaris van Infrastructuur, J. de Groot", "J. de Groot"),
        ("De minister van Justitie en Veiligheid D. de Wit-Maes", "D. de Wit-Maes"),
        ("Minister De Groot (Infrastructuur)", "De Groot"),
        ("Vlaams minister Hilde Vos", "Hilde Vos"),
        ("de heer Van Maes namens de Commissie", "Van Maes"),
        ("de heer Luc Maes, minister van Financiën", "Luc Maes"),
        ("M. Keller au nom de la Commission européenne", "Keller"),
        ("M. Luc Martin, ministre des Finances", "Luc Martin"),
        ("The Parliamentary Under-Secretary of State for Transport (Mr Jo Brown)", "Jo Brown"),
        ("Ann Grey", "Ann Grey"),
        ("minister van Onderwijs, Sport, Dierenwelzijn en Vlaamse Rand", ""),
        ("ministre de l'Emploi et des Affaires sociales", ""),
        ("the Minister for the Environment, Climate and Communications", ""),
        ("the Tánaiste and Minister for Foreign Affairs", ""),
        ("Department for Transport", ""),
        ("European Commission", ""),
        ("Government of Ireland", ""),
        ("de Commissie", ""),
    ],
)
def test_a_person_is_named_beside_an_office(written: str, name: str) -> None:
    assert name_of_person(written) == name
