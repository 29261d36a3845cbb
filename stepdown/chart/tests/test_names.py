"""A part never names another patient. Source: RULE PRIV-40."""

import pytest

from stepdown.chart.domain.names import Named, names_of_others

ROSA = Named("rosa", ("Rosalind", "Specimen", "Rosa"))
THEO = Named("theo", ("Theodore", "Sample-Muster", ""))
JOSE = Named("jose", ("José", "de la Ejemplo", ""))
WILL = Named("will", ("Will", "May", ""))
AL = Named("al", ("Al", "O’Placeholder", "J"))
ROSTER = [ROSA, THEO, JOSE, WILL, AL]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talked about the hour after work.", []),
        ("Gave feedback to Theodore.", ["Theodore"]),
        ("gave feedback to theodore", ["theodore"]),
        ("THEODORE spoke first.", ["THEODORE"]),
        ("Liked Theodore's plan.", ["Theodore"]),
        ("Liked Theodore’s plan.", ["Theodore"]),
        ("Mr. Sample was kind, for example.", ["Sample"]),
        ("The Sample-Muster family.", ["Sample", "Muster"]),
        ("Agreed with Jose, and again with JOSÉ.", ["Jose", "JOSÉ"]),
        ("Went to the store de la esquina.", []),
        ("Knows the Ejemplo family.", ["Ejemplo"]),
        ("Will try it. It may help.", ["Will"]),
        ("Says she will try it and that it may help.", []),
        ("Sat beside Al and talked to O'Placeholder.", ["Al", "O'Placeholder"]),
        ("Spoke et al about it.", []),
        ("Also theory and rosary are whole words.", []),
        ("Theodore and Theodore.", ["Theodore"]),
        ("Asked J to explain.", ["J"]),
        ("", []),
    ],
)
def test_names_of_others_are_found_as_whole_words(text, found):
    """RULE PRIV-40."""
    assert names_of_others(text, ROSTER, about="rosa") == found


def test_ones_own_names_are_allowed():
    assert names_of_others("Rosa, that is Rosalind Specimen, spoke.", ROSTER, about="rosa") == []


def test_a_name_shared_with_someone_else_is_allowed_for_both():
    other = Named("other", ("Rosalind", "Muster", ""))
    assert names_of_others("Rosalind spoke.", [ROSA, other], about="rosa") == []
    assert names_of_others("Rosalind spoke.", [ROSA, other], about="other") == []


def test_the_shared_part_may_name_nobody():
    assert names_of_others("Rosa and Theodore practiced together.", ROSTER) == ["Rosa", "Theodore"]


def test_a_capital_decides_only_for_names_that_are_everyday_words():
    assert names_of_others("will and WILL", [WILL]) == ["WILL"]
