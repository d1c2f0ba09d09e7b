"""Which sentences deny what some of their words say, in three languages."""

from __future__ import annotations

import pytest

from fot_graph.text.denials import denials, denies

PROMISED = {
    "nl": ["toegezegd", "beloofd", "beloof", "zal", "zullen", "ga", "wil ik"],
    "en": ["promised", "promise", "will", "going to", "commit"],
    "fr": ["engage", "promis", "promets", "vais"],
}


@pytest.mark.parametrize(
    ("language", "sentence", "word", "of_content"),
    [
        ("en", "I never promised to extend the plan.", "never", False),
        ("en", "I have not promised anything and will pay.", "not", False),
        ("en", "I never said that I will extend the plan.", "never", False),
        ("en", "I never, not even in spring, promised it.", "never", False),
        ("en", "We are not going to extend the plan.", "not", True),
        ("en", "We will, as you know, not extend the plan.", "not", True),
        ("en", "I don’t promise to extend the plan.", "n't", False),
        ("en", "I promise not to raise taxes.", "not", True),
        ("en", "I refuse to commit to it.", "refuse", False),
        ("en", "No, and nobody will extend it.", "nobody", True),
        ("nl", "Ik zal het plan niet uitbreiden.", "niet", True),
        ("nl", "Ik zal NIÉT uitbreiden.", "NIET", True),
        ("nl", "Dat heb ik nooit beloofd.", "nooit", False),
        ("nl", "Ik heb nooit gezegd dat ik het plan zal uitbreiden.", "nooit", False),
        ("nl", "Ik meen dat ik het plan niet zal uitbreiden.", "niet", True),
        ("nl", "Er is niets toegezegd.", "niets", False),
        ("nl-BE", "Geen extra middelen zullen volgen.", "Geen", True),
        ("fr", "Je ne m\u2019engage pas à prolonger le plan.", "ne", False),
        ("fr", "Je n'ai rien promis.", "n'", False),
        ("fr", "Je promets de ne pas augmenter la taxe.", "ne", True),
    ],
)
def test_a_sentence_that_denies_is_seen(language: str, sentence: str, word: str, *, of_content: bool) -> None:
    found = denials(sentence, language, PROMISED[language.partition("-")[0]])
    assert found[0].words == word
    assert found[0].of_content == of_content


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "I will extend the plan."),
        ("en", "I will ensure that no child is left out."),
        ("en", "As there is no money, I will ask for more."),
        ("en", "I will not only extend the plan but renew it."),
        ("en", "I will not hesitate to extend it by 2030, and no later than that."),
        ("en", "There is no plan. I will write one."),
        ("en", "We do not have the data and will collect them."),
        ("en", "I will extend the plan without delay."),
        ("nl", "Uiteraard zal ik het plan uitbreiden."),
        ("nl", "Ik zal erop toezien dat niemand uit de boot valt."),
        ("nl", "Ik zal niet-begeleide jongeren opvangen."),
        ("nl", "Aangezien er geen draagvlak is, zal ik het plan herzien."),
        ("nl", "Ik zal niet alleen het plan uitbreiden, maar ook de subsidie."),
        ("nl", "Ik weet niet wanneer het kan, maar ik zal het plan uitbreiden."),
        ("fr", "Je m'engage à ce que personne ne soit oublié."),
        ("fr", "Je vais non seulement prolonger le plan mais le renforcer."),
        ("de", "Ik zal niet."),
    ],
)
def test_a_sentence_that_promises_is_let_be(language: str, sentence: str) -> None:
    assert denials(sentence, language, PROMISED.get(language, ["zal"])) == []


def test_what_does_not_stand_there_is_not_denied() -> None:
    assert denials("Ik zal niet gaan.", "nl", ["beloofd"]) == []
    assert denials("Ik zal niet gaan.", "nl", []) == []


def test_a_name_may_deny() -> None:
    assert denies("het plan niet uitbreiden", "nl")
    assert not denies("het plan uitbreiden", "nl")
    assert not denies("geen plan", "xx")
