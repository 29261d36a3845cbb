"""The topics and their handouts: whole in both languages, renewed without doubles, and a center's own words stay."""

import re

import pytest
from django.core.management import CommandError, call_command

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.timetable import curriculum
from stepdown.timetable.domain.handouts import Unfit, read
from stepdown.timetable.models import Handout, Topic
from stepdown.timetable.tests.factories import HandoutFactory, TopicFactory

TOPICS = [(week, place) for week in range(1, 14) for place in (1, 2, 3)]
OWN = """
[[handout]]
week = 2
place = 3
title = "Waves"
summary = "Our own way to say it."
points = ["One.", "Two.", "Three."]
tool = "Count to ten"
steps = ["One.", "Two.", "Three."]
questions = ["How?", "When?"]
"""


def rows():
    return list(Handout.objects.order_by("topic", "language").values())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_has_a_whole_handout_in_every_language(language):
    # `read` refuses a handout that lacks a part.
    assert list(curriculum.shipped(language)) == TOPICS


def test_a_handout_says_the_same_in_both_languages():
    english, spanish = curriculum.shipped("en"), curriculum.shipped("es")
    for at in TOPICS:
        one, other = english[at], spanish[at]
        assert one.title != other.title
        assert [len(x) for x in (one.points, one.steps, one.questions)] == [
            len(x) for x in (other.points, other.steps, other.questions)
        ]
        # Numbers to call, and how often or how long, are facts: no translation loses or changes one.
        numbers = [sorted(re.findall(r"\d[\d-]*", " ".join(words.points + words.steps))) for words in (one, other)]
        assert numbers[0] == numbers[1], at


def test_where_life_is_at_stake_the_handout_says_whom_to_call():
    for language in ("en", "es"):
        brought = curriculum.shipped(language)
        for at, number in [((1, 1), "988"), ((8, 2), "988"), ((9, 1), "911"), ((2, 1), "911"), ((12, 2), "988")]:
            assert number in " ".join(brought[at].points + brought[at].steps), (language, at)


@pytest.mark.django_db
def test_topics_and_handouts_load_again_without_doubles_or_changes():
    assert curriculum.load() == 39
    before = rows()
    assert curriculum.load() == 39
    assert rows() == before
    assert sorted(Topic.objects.values_list("week", "place")) == TOPICS
    assert len(before) == 78


@pytest.mark.django_db
def test_a_handout_of_the_product_is_renewed():
    curriculum.load()
    old = Handout.objects.get(topic__week=2, topic__place=3, language="es")
    Handout.objects.filter(pk=old.pk).update(summary="Antes.")
    changed = Handout.objects.get(pk=old.pk)
    Handout.objects.filter(pk=old.pk).update(shipped=changed.words.fingerprint)
    curriculum.load()
    assert Handout.objects.get(pk=old.pk).summary == old.summary


@pytest.mark.django_db
def test_words_that_the_center_changed_stay_and_name_the_topic():
    curriculum.load()
    ours = Handout.objects.filter(topic__week=1, topic__place=1, language="en")
    ours.update(title="Welcome to Fernbrook")
    curriculum.load()
    assert ours.get().title == "Welcome to Fernbrook"
    assert Topic.objects.get(week=1, place=1).title == "Welcome to Fernbrook"


@pytest.mark.django_db
def test_a_center_takes_over_handouts_of_its_own_which_stay(tmp_path, capsys):
    curriculum.load()
    (tmp_path / "own.toml").write_text(OWN)
    call_command("curriculum", str(tmp_path / "own.toml"), language="en")
    call_command("curriculum")
    assert "Taken over: 1." in capsys.readouterr().out
    topic = Topic.objects.get(week=2, place=3)
    assert (topic.title, topic.handouts.get(language="en").tool) == ("Waves", "Count to ten")
    assert topic.handouts.get(language="es").title == "Las ganas de consumir"


@pytest.mark.django_db
def test_the_words_of_the_product_may_be_taken_back_and_are_renewed_from_then_on():
    curriculum.load()
    curriculum.take_over(text=OWN, language="en")
    ours = Handout.objects.get(topic__week=2, topic__place=3, language="en")
    Handout.objects.filter(pk=ours.pk).update(shipped="of a product before this one")
    curriculum.take_over(text=(curriculum.FOLDER / "en.toml").read_text(), language="en")
    assert not Handout.objects.get(pk=ours.pk).is_own


@pytest.mark.django_db
def test_a_file_for_a_topic_that_is_not_there_changes_nothing(tmp_path):
    TopicFactory()
    (tmp_path / "own.toml").write_text(OWN)
    with pytest.raises(CommandError, match=r"Topic 2\.3 is not in the curriculum\."):
        call_command("curriculum", str(tmp_path / "own.toml"), language="en")
    with pytest.raises(CommandError, match="Say the language of the file: --language en or es"):
        call_command("curriculum", str(tmp_path / "own.toml"))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("curriculum", str(tmp_path / "none.toml"), language="en")
    assert not Handout.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_handout_that_lacks_a_part():
    with pytest.raises(RuleBroken, match="three to five points"), rules_speak():
        HandoutFactory(points=["Only one."])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("week = 2", 'week = "2"'), "Handout 1 needs the week and the place of its topic, two whole numbers."),
        (("place = 3", ""), "Handout 1 needs the week and the place of its topic, two whole numbers."),
        (('title = "Waves"', ""), "Topic 2.3: “title” is missing."),
        (('"Waves"', f'"{"W" * 81}"'), "Topic 2.3: “title” has 81 characters. At most 80 fit."),
        (('points = ["One.", "Two.", "Three."]', 'points = ["One."]'), "“points” has 1 lines. It needs 3 to 5."),
        (('["How?", "When?"]', '"How?"'), "“questions” has 0 lines. It needs 2 to 3."),
        (('["How?", "When?"]', '["How?", " "]'), "“questions, line 2” is missing."),
        (("tool =", "tol ="), "Topic 2.3: nothing is known of “tol”."),
        (("[[handout]]", "[[handouts]]"), "There is no [[handout]] in this file."),
        (("[[handout]]", "[[handout]"), "This is not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_place(change, sentence):
    with pytest.raises(Unfit) as refused:
        read(OWN.replace(*change))
    assert sentence in str(refused.value)


def test_a_topic_comes_once():
    with pytest.raises(Unfit, match=r"Topic 2\.3 comes twice\."):
        read(OWN * 2)
