from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from stepdown.kernel.instruments import load, parse
from stepdown.measures.domain import walk
from stepdown.measures.domain.owners import Candidate, due_at, owner_of
from stepdown.measures.domain.reasons import items_behind
from stepdown.measures.domain.texts import faults, text_hash, with_text
from stepdown.measures.domain.words import told

PHQ, WHO = load("phq-9"), load("who-5")
ORDER = ["a", "b", "c"]


def test_the_next_question_is_the_first_that_was_neither_answered_nor_passed_over():
    assert walk.next_item(ORDER, {"a": 1}) == "b"
    assert walk.next_item(ORDER, {"a": 1, "b": None}) == "c"
    assert walk.next_item(ORDER, {"a": 1, "b": None, "c": 0}) is None


def test_the_way_back_leads_to_the_question_before():
    assert walk.before(ORDER, "b") == "a"
    assert walk.before(ORDER, "a") is None
    assert walk.before(ORDER, "not asked") is None


@pytest.mark.parametrize("said", ["", "4", "-1", "1.0", "²", " 1", "1e0", "00001", "None"])
def test_a_value_that_the_question_does_not_take_is_refused(said):
    with pytest.raises(ValueError):
        walk.value_in(PHQ.items[0], said)


def test_a_number_is_taken_within_its_range():
    days = load("bam-r").item["bamr_2"]
    assert walk.value_in(days, "30") == 30
    with pytest.raises(ValueError, match="31"):
        walk.value_in(days, "31")


def test_the_owner_is_the_nearest_who_is_there():
    leader, co_leader, director = uuid4(), uuid4(), uuid4()
    everyone = [Candidate(leader), Candidate(co_leader), Candidate(director)]
    assert owner_of(everyone) == leader
    assert owner_of([Candidate(leader, away=True), *everyone[1:]]) == co_leader


def test_when_all_are_away_a_director_owns_it_still():
    leader, director = uuid4(), uuid4()
    assert owner_of([Candidate(leader, away=True), Candidate(director, away=True)]) == director
    assert owner_of([]) is None


def test_an_emergency_is_late_sooner():
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert due_at("emergency", at) - at == timedelta(minutes=15)
    assert due_at("urgent", at) - at == timedelta(hours=4)


def test_a_flag_names_the_questions_behind_it():
    assert items_behind(PHQ, "phq9_item9_positive") == {"phq9_9"}
    assert items_behind(PHQ, "phq9_severe") == set()
    assert items_behind(load("craving-nrs"), "craving_low_confidence") == {"crave_now", "crave_resist"}
    assert "cssrs_4" in items_behind(load("cssrs-screener"), "cssrs_high")


def scores(value):
    return {"total": value, "item9": 0}


def test_a_change_is_called_better_only_when_it_is_reliable():
    def change(before, now):
        return told(PHQ, scores(now), {}, {}, scores(before))[0].change

    assert change(15, 10) == "improved"
    assert change(10, 15) == "worse"
    assert change(15, 11) == "no reliable change"


def test_without_a_first_time_or_a_known_change_nothing_is_called_better():
    assert told(PHQ, scores(10), {}, {})[0].change is None
    audit = load("audit")
    low, high = ({score.id: n for score in audit.scores} for n in (2, 12))
    assert told(audit, low, {}, {}, high)[0].change is None


def test_a_score_that_cannot_be_computed_says_how_much_is_missing():
    found = told(PHQ, {"total": None, "item9": 0}, {}, {"total": 4})[0]
    assert (found.value, found.missing, found.band) == (None, 4, None)


def pack(**over):
    items = {item.id: {"text": f"Plainly made up {item.number}"} for item in WHO.items}
    return {
        "instrument": "who-5",
        "version": WHO.version,
        "language": "en-US",
        "instructions": "Read.",
        "items": items,
    } | over


def test_a_pack_that_fits_gives_the_instrument_its_words_and_another_hash():
    assert faults(WHO, pack()) == []
    words = parse(with_text(WHO.raw, pack()))
    assert words.has_text
    assert words.items[0].text == "Plainly made up 1"
    assert text_hash(words) != text_hash(WHO)


def test_a_pack_may_word_the_answers_otherwise():
    items = pack()["items"]
    items["who5_1"]["options"] = list("ABCDEF")
    assert faults(WHO, pack(items=items)) == []
    assert [option.label for option in parse(with_text(WHO.raw, pack(items=items))).items[0].options] == list("ABCDEF")


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"instrument": "phq-9"}, "“phq-9”, and this is “who-5”"),
        ({"version": "2030"}, "“2030”"),
        ({"language": ""}, "no language"),
        ({"language": "a very long language"}, "a code such as en-US"),
        ({"instructions": 5}, "no instructions"),
        ({"items": []}, "no items"),
        ({"items": {}}, "Item who5_1 has no text."),
        ({"items": {"other": {}}}, "There is no item “other”"),
        ({"items": {"who5_1": {"text": "A", "options": ["B"]}}}, "Item who5_1 needs 6 answers"),
        ({"items": {"who5_1": {"text": "\x00"}}}, "Item who5_1 has no text."),
    ],
)
def test_a_pack_that_does_not_fit_says_why(over, said):
    assert said in " ".join(faults(WHO, pack(**over)))


@pytest.mark.parametrize("junk", [None, [], "text", 5])
def test_what_is_no_object_is_no_pack(junk):
    assert faults(WHO, junk)
