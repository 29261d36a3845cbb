"""Answers in few words: the calm starting point with what a test changes."""

from stepdown.admissions.domain.advice import Advice, advise
from stepdown.admissions.domain.answers import default_answers, merged

LOW = {"d3": 1, "d4": 1, "d5": 1, "d6": 1}


def given(**over) -> Advice:
    return advise(merged(default_answers(), over))


def rated(**ratings) -> Advice:
    return given(ratings=ratings)
