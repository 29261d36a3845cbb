from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.placement.domain.fit import Person, Place, clashes, obstacles, weigh
from stepdown.placement.domain.licenses import FOREVER, Gap, covered_until, gaps

WALT = Person(level="IOP", bands=frozenset({"evening"}), days_away=frozenset(), place="Texas")
JUNIPER = Place(
    level="IOP",
    program="Telehealth IOP",
    band="evening",
    days=frozenset({1, 3, 4}),
    leader="Omar",
    licenses=((date(2020, 1, 1), None),),
    first_on=date(2026, 3, 12),
    last_on=date(2026, 6, 11),
    chairs=10,
    chairs_free=3,
    taken=7,
    intended=8,
)


def against(person=WALT, **place):
    return [(a.sentence, a.blocks) for a in weigh(person, replace(JUNIPER, **place)).against]


def test_a_group_that_fits_says_why_and_has_nothing_against_it():
    found = weigh(WALT, JUNIPER)
    assert found.reasons == ("Evening only", "licensed in Texas", "3 chairs free")
    assert (found.against, found.possible, found.blocked_by) == ((), True, "")


def test_another_level_of_care_blocks():
    assert against(level="OUTPATIENT", program="Aftercare") == [
        ("Aftercare is not the level of care decided on.", True)
    ]


def test_the_other_part_of_the_day_blocks():
    assert against(band="morning") == [("Can come in the evening only.", True)]


def test_bands_nobody_asked_about_are_told_but_block_nothing():
    assert against(replace(WALT, bands=frozenset())) == [("Nobody asked yet whether mornings or evenings suit.", False)]


def test_nobody_joins_a_closed_group_after_its_start():
    assert against(entry_until=date(2026, 3, 12)) == []
    assert against(entry_until=date(2026, 3, 11)) == [("Is closed to new people since March 11.", True)]
    closed = replace(JUNIPER, entry_until=date(2026, 3, 11))
    assert clashes(WALT, closed) == ["Is closed to new people since March 11."]


def test_other_duties_on_days_of_the_group_block():
    assert against(replace(WALT, days_away=frozenset({0, 1, 4}))) == [("Has other duties on Tuesday and Friday.", True)]


def test_duties_on_other_days_speak_for_the_group():
    assert "Free on all its days" in weigh(replace(WALT, days_away=frozenset({0, 2})), JUNIPER).reasons


def test_no_license_where_the_person_sits_blocks():
    assert against(licenses=()) == [("Omar has no license in Texas that is valid on March 12.", True)]


def test_a_license_that_ends_during_the_program_is_told_with_its_day():
    licenses = ((date(2020, 1, 1), date(2026, 4, 30)),)
    assert against(licenses=licenses) == [("Omar’s license in Texas ends April 30.", False)]


def test_no_free_chair_blocks_and_says_from_when_one_is():
    assert against(chairs_free=0, free_from=date(2026, 4, 14)) == [
        ("No chair is free. One is free from April 14.", True)
    ]
    assert against(chairs_free=0) == [("No chair is free.", True)]


def test_chairs_beyond_the_plan_are_told_but_block_nothing():
    assert against(taken=8, chairs_free=2) == [("Would be number 9 where we plan for 8.", False)]


def test_a_group_without_a_session_to_come_blocks():
    assert against(first_on=None, last_on=None) == [("No session is planned. Extend the group first.", True)]


def test_what_blocks_is_said_first():
    found = weigh(replace(WALT, days_away=frozenset({1})), replace(JUNIPER, taken=8, chairs_free=2))
    assert [a.blocks for a in found.against] == [True, False]
    assert found.blocked_by == "Has other duties on Tuesday."


def test_possible_groups_rank_before_blocked_ones_and_full_of_reasons_before_poor():
    best, plain, blocked = (
        weigh(WALT, JUNIPER),
        weigh(WALT, replace(JUNIPER, taken=8)),
        weigh(WALT, replace(JUNIPER, band="morning")),
    )
    assert sorted([blocked, plain, best], key=lambda f: f.rank) == [best, plain, blocked]


def test_a_clash_is_of_time_or_license_whatever_the_level():
    assert clashes(WALT, replace(JUNIPER, level="OUTPATIENT", chairs_free=0)) == []
    assert clashes(WALT, replace(JUNIPER, band="morning")) == ["Can come in the evening only."]


# Licenses


@pytest.mark.parametrize(
    ("licenses", "until"),
    [
        ([], None),
        ([(date(2026, 4, 1), None)], None),
        ([(date(2020, 1, 1), date(2026, 3, 11))], None),
        ([(date(2020, 1, 1), date(2026, 3, 12))], date(2026, 3, 12)),
        ([(date(2026, 5, 1), None), (date(2020, 1, 1), date(2026, 4, 30))], FOREVER),
        ([(date(2026, 5, 2), None), (date(2020, 1, 1), date(2026, 4, 30))], date(2026, 4, 30)),
        ([(date(2020, 1, 1), date(2026, 4, 30)), (date(2020, 6, 1), date(2026, 3, 20))], date(2026, 4, 30)),
    ],
)
def test_licenses_reach_as_far_as_they_follow_each_other(licenses, until):
    assert covered_until(licenses, date(2026, 3, 12)) == until


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
spans = st.lists(st.tuples(days, st.one_of(st.none(), days)), max_size=5)


@given(spans, days)
def test_every_day_up_to_the_end_is_covered_and_the_next_is_not(licenses, on):
    def valid(day):
        return any(first <= day and (last is None or last >= day) for first, last in licenses)

    until = covered_until(licenses, on)
    if until is None:
        assert not valid(on)
    elif until is not FOREVER:
        assert all(valid(date.fromordinal(n)) for n in range(on.toordinal(), until.toordinal() + 1))
        assert not valid(date.fromordinal(until.toordinal() + 1))


def test_gaps_count_the_people_a_group_would_lose_the_soonest_first():
    today, later = date(2026, 3, 11), date(2026, 5, 6)
    licenses = {"Texas": [(today, None)], "Kansas": [(today, date(2026, 3, 18))], "Iowa": [(today, later)]}
    sitters = [
        *[("Kansas", later), ("Kansas", later), ("Kansas", date(2026, 3, 17))],
        *[("Texas", later), ("Iowa", later), ("Ohio", later)],
    ]
    assert gaps(sitters, licenses, today) == [Gap("Ohio", None, 1), Gap("Kansas", date(2026, 3, 18), 2)]


@pytest.mark.parametrize(
    ("true_of", "sentence"),
    [
        ({"women", "veterans"}, None),
        ({"women"}, "It is for veterans; nobody noted that this is true of them."),
        (set(), "It is for veterans and women; nobody noted that this is true of them."),
    ],
)
def test_of_who_sits_in_a_group_all_is_true_that_it_is_meant_for(true_of, sentence):
    place = replace(JUNIPER, tags=frozenset({"women", "veterans"}))
    assert weigh(replace(WALT, true_of=frozenset(true_of)), place).blocked_by == (sentence or "")


def test_somebody_to_be_kept_apart_from_blocks_and_is_not_named():
    person, here = replace(WALT, apart_from=frozenset({"p7"})), replace(JUNIPER, people=frozenset({"p7", "p8"}))
    assert weigh(person, here).blocked_by == "Someone in this group is to be kept apart from them."
    assert clashes(person, here) == ["Someone in this group is to be kept apart from them."]


def test_somebody_they_would_like_to_sit_with_is_a_reason():
    person, here = replace(WALT, together_with=frozenset({"p7"})), replace(JUNIPER, people=frozenset({"p7"}))
    assert "sits with somebody they would like to" in weigh(person, here).reasons


def test_a_group_that_is_meant_for_some_takes_those_of_whom_it_is_true():
    women = replace(JUNIPER, tags=frozenset({"women"}))
    assert weigh(WALT, women).blocked_by == "It is for women; nobody noted that this is true of them."
    assert weigh(replace(WALT, true_of=frozenset({"women"})), women).possible


def test_wishes_are_said_and_forbid_nothing():
    person = replace(
        WALT,
        bands=frozenset({"morning", "evening"}),
        wishes_band="morning",
        wishes_days=frozenset({1}),
        wishes_tags=frozenset({"women"}),
    )
    found = weigh(person, JUNIPER)
    assert found.possible
    sentences = [against.sentence for against in found.against]
    assert "Would rather come in the morning." in sentences
    assert "Would rather sit in a group for women." in sentences
    assert any(sentence.startswith("Would rather not come on") for sentence in sentences)


def test_wishes_that_are_met_put_a_group_before_another():
    person = replace(WALT, true_of=frozenset({"women"}), wishes_tags=frozenset({"women"}))
    women = replace(JUNIPER, tags=frozenset({"women"}))
    assert weigh(person, women).rank < weigh(person, JUNIPER).rank


def test_a_group_in_spanish_is_for_who_asks_for_it():
    spanish = replace(JUNIPER, language="es")
    assert weigh(WALT, spanish).blocked_by == "It is held in Spanish, and they did not ask for that."
    assert weigh(replace(WALT, language="es"), spanish).possible
    assert "in Spanish, as they wish" in weigh(replace(WALT, wishes_language="es"), spanish).reasons


@given(
    level=st.sampled_from(["IOP", "OUTPATIENT"]),
    bands=st.frozensets(st.sampled_from(["morning", "evening"])),
    days_away=st.frozensets(st.integers(0, 6), max_size=2),
    true_of=st.frozensets(st.sampled_from(["women", "veterans"])),
    licenses=st.sampled_from([(), JUNIPER.licenses]),
    chairs_free=st.integers(0, 2),
    tags=st.frozensets(st.sampled_from(["women", "veterans"])),
)
def test_what_one_look_finds_against_a_group_blocks_it(level, bands, days_away, true_of, licenses, chairs_free, tags):
    person = replace(WALT, level=level, bands=bands, days_away=days_away, true_of=true_of)
    place = replace(JUNIPER, licenses=licenses, chairs_free=chairs_free, tags=tags)
    blocks = sum(a.blocks for a in weigh(person, place).against)
    assert obstacles(person, place) == blocks
