"""Two people write into one text: what each did stands, and nothing either wrote is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.chart.domain.merging import (
    BOTH,
    UNTIL,
    Meanwhile,
    is_untidy,
    merged,
    merged_codes,
    merged_words,
    sentences,
    without_marks,
)

BASE = "Quiet at first. Opened up later. Will call."
LATER = "Quiet at first. Opened up after the break. Will call."


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (BASE, "Theirs alone.", "Theirs alone."),
        ("Mine alone.", BASE, "Mine alone."),
        ("Same.", "Same.", "Same."),
        (
            "Came late. Opened up later. Will call.",
            "Quiet at first. Opened up later. Will call on Friday.",
            "Came late. Opened up later. Will call on Friday.",
        ),
        (f"{BASE} Mine.", f"{BASE} Theirs.", f"{BASE} Theirs. Mine."),
        (f"{BASE} Said by both.", f"{BASE} Said by both.", f"{BASE} Said by both."),
        ("Opened up later. Will call.", f"{BASE} Theirs.", "Opened up later. Will call. Theirs."),
        ("Quiet at first. Will call.", LATER, LATER),
        ("Quiet at first.\nOpened up later. Will call.", f"{BASE} Theirs.", f"{BASE} Theirs."),
    ],
    ids=["only theirs", "only mine", "the same", "apart", "both add", "both add the same", "takes out and adds",
         "takes out what the other changes", "only blanks are mine"],
)  # fmt: skip
def test_changes_in_different_places_stand_side_by_side(mine, theirs, both):
    assert merged_words(BASE, mine, theirs) == (both, False)


def test_one_sentence_changed_by_both_stands_twice_between_marks():
    text, clash = merged_words(BASE, BASE.replace("later", "slowly"), BASE.replace("later", "at the end"))
    assert clash
    assert text == (
        f"Quiet at first.\n{BOTH}\nOpened up slowly.\nOpened up at the end.\n{UNTIL}\nWill call."
    )  # fmt: skip
    assert is_untidy(text)
    assert not is_untidy(without_marks(text))


def test_two_who_begin_an_empty_text_both_stand():
    assert merged_words("", "Spoke of work.", "Was quiet.") == ("Was quiet. Spoke of work.", False)


def test_a_sentence_that_is_still_being_typed_does_not_run_into_the_next():
    halfway, _ = merged_words("", "Was quiet.", "Spoke of w")
    assert halfway == "Spoke of w\nWas quiet."
    assert merged_words("Spoke of w", "Spoke of work.", halfway) == ("Spoke of work.\nWas quiet.", False)


def test_marks_taken_out_by_one_are_out_for_both():
    text, _ = merged_words("One.", "One, mine.", "One, theirs.")
    assert merged_words(text, "One, ours.", f"{text}\nMore.") == ("One, ours.\nMore.", False)


def test_codes_of_both_are_kept_and_what_one_took_away_goes():
    assert merged_codes(["a", "b"], ["a", "c"], ["a", "b", "d"]) == ["a", "d", "c"]


def test_of_two_single_answers_mine_stands_and_theirs_is_told():
    base, mine, theirs = ({"took_part": [code] if code else []} for code in ("", "openly", "quietly"))
    both = merged(base, mine, theirs, one_of=["took_part"])
    assert both.content == mine
    assert both.meanwhile == (Meanwhile("took_part", ("quietly",), (), True),)
    assert merged(base, base, theirs, one_of=["took_part"]).content == theirs


def test_what_the_other_did_is_told_field_by_field():
    base = {"plan": ["go_on"], "words": "One. Two."}
    both = merged(base, base | {"words": "One. Two. Mine."}, {"plan": [], "words": "One. Theirs."})
    assert both.content == {"plan": [], "words": "One. Theirs. Mine."}
    assert both.meanwhile == (
        Meanwhile("plan", (), ("go_on",), False),
        Meanwhile("words", ("Theirs.",), ("Two.",), False),
    )


def test_nobody_else_wrote_so_nothing_is_told():
    base = {"plan": ["go_on"], "words": "One."}
    assert merged(base, {"plan": [], "words": "Two."}, base).meanwhile == ()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("One. Two!  Three", ["One.", " Two!", "  Three"]),
        ("“One.” Two\n\nThree", ["“One.”", " Two", "\n\nThree"]),
        ("At 3.5 of 10", ["At 3.5 of 10"]),
    ],
)
def test_a_text_is_cut_after_sentences_and_lines(text, cut):
    assert sentences(text) == cut


SOME = st.lists(st.sampled_from([f"Sentence {letter}." for letter in "abcdefgh"]), unique=True, max_size=6)
NEW = st.lists(st.sampled_from([f"More {letter}." for letter in "mnop"]), unique=True, max_size=3)
OTHER = st.lists(st.sampled_from([f"Other {letter}." for letter in "wxyz"]), unique=True, max_size=3)


@st.composite
def three(draw):
    """A base, and two texts made of it by taking out, moving nothing, and putting in sentences of one's own."""
    base = draw(SOME)

    def edited(own):
        kept = [each for each in base if draw(st.booleans())]
        for each in draw(own):
            kept.insert(draw(st.integers(0, len(kept))), each)
        return kept

    return base, edited(NEW), edited(OTHER)


@given(three(), st.sampled_from([" ", "\n", "\n\n"]))
def test_no_sentence_is_lost_and_none_comes_back(texts, between):
    base, mine, theirs = texts
    text, _ = merged_words(*(between.join(each) for each in texts))
    stands = [each.strip() for each in sentences(text)]
    for each in [*mine, *theirs]:
        if each not in base or (each in mine and each in theirs):
            assert each in stands
    for each in base:
        if each not in mine and each not in theirs:
            assert each not in stands


@given(three())
def test_whose_turn_it_is_changes_the_order_at_most(texts):
    base, mine, theirs = (" ".join(each) for each in texts)
    one, other = merged_words(base, mine, theirs), merged_words(base, theirs, mine)
    assert one[1] == other[1]
    assert sorted(x.strip() for x in sentences(one[0])) == sorted(x.strip() for x in sentences(other[0]))


@given(st.text(), st.text())
def test_what_one_wrote_alone_is_what_is_saved(base, mine):
    assert merged_words(base, mine, base) == (mine, False)
