"""The curriculum that ships with the product: 13 weeks with three topics each, and their handouts, in our own words.

A handout keeps the fingerprint of the words it was brought with. Where its words have another one, the center changed
them: they are its own, and stay when the product brings new ones.
"""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from stepdown.placement.models import Language
from stepdown.timetable.domain.handouts import Unfit, Words, read
from stepdown.timetable.models import Handout, Topic

FOLDER = Path(__file__).parent / "data" / "handouts"


def shipped(language: str) -> dict[tuple[int, int], Words]:
    """The handouts that come with the product, by (week, place)."""
    return read((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load() -> int:
    """Makes or renews topics and handouts, but for handouts that the center changed; safe to run again.

    Returns how many topics there are in the files.
    """
    english = shipped(Language.ENGLISH)
    topics = [Topic(week=w, place=p, title=words.title, summary=words.summary) for (w, p), words in english.items()]
    Topic.objects.bulk_create(topics, ignore_conflicts=True)
    for language in Language.values:
        _renew(language, shipped(language))
    _name_topics()
    return len(english)


@transaction.atomic
def take_over(*, text: str, language: str) -> int:
    """Gives topics the handouts of a center's own file, which stay from then on. Returns how many.

    Raises Unfit: the file is no such file, or a topic is not in the curriculum. A handout whose words are those of the
    product is the product's again, and is renewed.
    """
    known = {(topic.week, topic.place): topic for topic in Topic.objects.all()}
    own, brought = read(text), shipped(language)
    if strange := next((topic for topic in own if topic not in known), None):
        raise Unfit(f"Topic {strange[0]}.{strange[1]} is not in the curriculum.")
    for topic, words in own.items():
        back = {"shipped": words.fingerprint} if words == brought.get(topic) else {}
        Handout.objects.update_or_create(topic=known[topic], language=language, defaults=asdict(words) | back)
    _name_topics()
    return len(own)


def _renew(language: str, brought: dict[tuple[int, int], Words]) -> None:
    own = {one.topic_id for one in Handout.objects.filter(language=language) if one.is_own}
    topics = {(topic.week, topic.place): topic for topic in Topic.objects.exclude(pk__in=own)}
    rows = [
        Handout(topic=topics[at], language=language, shipped=words.fingerprint, **asdict(words))
        for at, words in brought.items()
        if at in topics
    ]
    said = ["title", "summary", "points", "tool", "steps", "questions", "shipped"]
    Handout.objects.bulk_create(rows, update_conflicts=True, unique_fields=["topic", "language"], update_fields=said)


def _name_topics() -> None:
    """Staff call a topic what its handout in English is called."""
    named = []
    for handout in Handout.objects.filter(language=Language.ENGLISH).select_related("topic"):
        handout.topic.title, handout.topic.summary = handout.title, handout.summary
        named.append(handout.topic)
    Topic.objects.bulk_update(named, ["title", "summary"])
