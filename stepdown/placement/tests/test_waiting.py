from stepdown.placement.domain.waiting import FIRST, IN_TURN, SOON, Facts, urgency_of


def test_who_has_nothing_pressing_waits_in_turn():
    assert urgency_of(Facts(ratings={"d3": 1, "d5": 2, "d6": 1})) == (IN_TURN, [])


def test_pregnant_people_come_first():
    assert urgency_of(Facts(pregnant=True)) == (FIRST, ["Pregnant."])


def test_who_was_advised_more_care_than_decided_comes_first():
    urgency, reasons = urgency_of(Facts(advice="PHP", decided="IOP"))
    assert urgency == FIRST
    assert reasons == ["The advice was more care than this: partial hospitalization."]


def test_advice_that_was_followed_makes_nobody_more_urgent():
    assert urgency_of(Facts(advice="IOP", decided="IOP"))[0] == IN_TURN


def test_a_rating_of_three_comes_first_and_of_two_soon():
    assert urgency_of(Facts(ratings={"d3": 3})) == (FIRST, ["Rated 3 for how they feel and think."])
    assert urgency_of(Facts(ratings={"d3": 2})) == (SOON, ["Rated 2 for how they feel and think."])


def test_a_two_for_going_on_using_is_what_iop_is_for():
    assert urgency_of(Facts(ratings={"d5": 2}))[0] == IN_TURN
    assert urgency_of(Facts(ratings={"d5": 3}))[0] == FIRST


def test_stepping_down_from_more_care_and_an_unsafe_home_come_soon():
    assert urgency_of(Facts(came_from="residential")) == (SOON, ["Comes from residential care."])
    assert urgency_of(Facts(unsafe_home=True)) == (SOON, ["Home is not safe."])
    assert urgency_of(Facts(came_from="direct"))[0] == IN_TURN


def test_every_reason_is_said_the_weightiest_first():
    facts = Facts(pregnant=True, came_from="hospital", lives_with_people_who_use=True, ratings={"d6": 2})
    assert urgency_of(facts) == (
        FIRST,
        ["Pregnant.", "Comes from the hospital.", "Lives with people who use.", "Rated 2 for where they live."],
    )


def test_what_was_not_rated_counts_for_nothing():
    assert urgency_of(Facts(ratings={"d3": None, "d6": None})) == (IN_TURN, [])
