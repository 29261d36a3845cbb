"""RULE PRIV-30: which notice a patient is to get, and what has to stand in one (42 CFR 2.22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.privacy import part2
from stepdown.privacy.domain import notice as rules
from stepdown.privacy.domain.notice import Version
from stepdown.privacy.wording_notice import first_words

FACTS = {
    "[center]": "Fernbrook",
    "[contact]": "the privacy officer",
    "[phone]": "(512) 555-0111",
    "[e-mail]": "privacy@example.com",
    "[day]": "March 1, 2026",
}


def versions(*told):
    """Newest first, each as "M" for a material change or "m" for another, with "+" when the patient got it."""
    return [Version(len(told) - i, one[0] == "M", one.endswith("+")) for i, one in enumerate(told)]


@pytest.mark.parametrize(
    ("told", "missed"),
    [
        ([], []),
        (["M"], [1]),
        (["M+"], []),
        (["m", "M+"], []),
        (["M", "m", "M+"], [3, 2]),
        (["m", "M", "M+"], [3, 2]),
        (["m", "M+", "M"], []),
        (["m", "M"], [2, 1]),
    ],
)
def test_a_material_change_makes_it_due_anew_with_all_that_came_since(told, missed):
    """RULE PRIV-30."""
    assert rules.missed(versions(*told)) == missed


@pytest.mark.parametrize(("told", "has"), [([], False), (["m", "M+"], False), (["m+", "M"], True)])
def test_to_be_admitted_they_need_the_very_version_in_effect(told, has):
    assert rules.has_current(versions(*told)) is has


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6))
def test_whoever_has_the_newest_is_owed_nothing(drawn):
    rows = [Version(len(drawn) - i, material, given) for i, (material, given) in enumerate(drawn)]
    assert not (rules.has_current(rows) and rules.missed(rows))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_that_ship_are_whole_once_the_facts_of_the_center_are_filled_in(language):
    text = rules.filled(first_words(language), FACTS)
    assert rules.left_open(text) == []
    assert rules.unsaid(text, FACTS) == []
    assert set(rules.left_open(first_words(language))) == set(rules.PLACES)


def test_the_english_words_begin_with_the_heading_of_the_law():
    heading = rules.filled(part2.notice_heading(), FACTS)
    assert rules.has_heading(rules.filled(first_words("en"), FACTS), heading)
    assert heading.startswith("Notice of Privacy Practices of Fernbrook\n")
    assert "WITH the privacy officer AT (512) 555-0111 AND privacy@example.com" in heading


@pytest.mark.parametrize("line", ["HOW HEALTH INFORMATION", "YOUR RIGHTS WITH RESPECT", "YOU HAVE A RIGHT TO A COPY"])
def test_a_notice_without_a_line_of_the_heading_is_found(line):
    text = rules.filled(first_words("en"), FACTS).replace(line, "SOMETHING ELSE")
    assert not rules.has_heading(text, rules.filled(part2.notice_heading(), FACTS))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Without your consent", "With your consent", "Taking a consent back", "In court", "Your rights"]),
        ("en", ["What we must do", "If something went wrong", "Whom to talk to", "one consent for all future"]),
        ("en", ["A subpoena alone is not enough", "for the past 3 years", "Nobody may treat you worse for it."]),
        ("es", ["Sin su consentimiento", "Con su consentimiento", "Retirar un consentimiento", "Ante un tribunal"]),
        ("es", ["Sus derechos", "Lo que debemos hacer", "Si algo salió mal", "Con quién hablar"]),
    ],
)
def test_the_words_that_ship_say_what_a_notice_has_to(language, said):
    assert [each for each in said if each not in first_words(language)] == []


def test_what_nobody_filled_in_is_named_once():
    assert rules.left_open("[center] and [our fax], [our fax]\nand [x\n]") == ["[center]", "[our fax]"]
