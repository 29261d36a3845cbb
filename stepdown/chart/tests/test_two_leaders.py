"""Two leaders write one note at the same time, by random edits over real connections, with lost answers and a crash."""

import random
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction

from stepdown.attendance.tests.factories import session_over
from stepdown.chart.domain.merging import MARKS, sentences
from stepdown.chart.models import SavedText
from stepdown.chart.services_writing import Sent, save_part
from stepdown.chart.tests.factories import note_of, signed
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.people.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 60  # a pause in typing each: as many as a minute has


class Page:
    """What a browser does: its text, the version that was made of, and saves that nobody answered."""

    def __init__(self, part, by, seed):
        self.part, self.by, self.chance = part, by, random.Random(seed)
        self.words, self.version, self.unanswered, self.number = [], part.version, [], 0
        self.typed, self.removed = set(), set()

    def edit(self):
        """One thing a writer does: a new sentence somewhere, another wording of one, or one taken out."""
        what, at = self.chance.random(), self.chance.randint(0, len(self.words))
        own = [place for place, each in enumerate(self.words) if each not in MARKS]
        if what < 0.65 or not own:
            self.words.insert(at, self._new())
        else:
            at = self.chance.choice(own)
            self.removed.add(self.words[at])
            self.words[at : at + 1] = [self._new()] if what < 0.9 else []

    def _new(self):
        self.number += 1
        sentence = f"{self.by.name} said thing {self.number}."
        self.typed.add(sentence)
        return sentence

    def save(self, crash=False):
        once = uuid4()
        sent = Sent(self.version, once, tuple(self.unanswered))
        self.unanswered.append(once)
        with transaction.atomic():
            saved = save_part(part=self.part, words="\n".join(self.words), sent=sent, by=self.by)
            if crash:
                _crash()
        if self.chance.random() < 0.15:
            return  # the answer is lost on its way
        self.unanswered = []
        if self.chance.random() < 0.7:
            self.words = [each.strip() for each in sentences(saved.content["words"])]
            self.version = saved.version
        else:
            self.version = saved.sent  # something was typed while the answer came

    def write(self, start, rounds, crashes_at):
        start.wait(timeout=30)
        for round_ in range(rounds):
            for _ in range(self.chance.randint(1, 3)):
                self.edit()
            try:
                self.save(crash=round_ == crashes_at)
            except OperationalError:
                connection.close()  # its next save opens a new one
        return True


def _crash():
    """Ends this connection in the middle of its transaction, as when the process or its machine is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.parametrize("seed", [1, 2])
def test_two_leaders_and_a_crash_lose_no_sentence(seed):
    note = note_of(session_over(co_leader=StaffFactory(name="Jon")), present=1)
    part = note.parts.select_related("note__session", "patient").get()
    pages = [Page(part, StaffFactory(name=name), seed * 10 + at) for at, name in enumerate(("Inez", "Jonas"))]
    start = Barrier(2)
    acts = [lambda page=page, at=at: page.write(start, ROUNDS, ROUNDS // 2 + at * 7) for at, page in enumerate(pages)]
    assert all_at_once(acts) == [True, True]
    for page in pages:
        page.save()
    part.refresh_from_db()
    stands = [each.strip() for each in sentences(part.words)]
    typed = set().union(*(page.typed for page in pages))
    removed = set().union(*(page.removed for page in pages))
    assert typed - removed <= set(stands)
    assert set(stands) <= typed | set(MARKS)
    written = [each for each in stands if each not in MARKS]
    assert len(written) == len(set(written)), "nothing stands twice"
    assert min(len(page.typed) for page in pages) > ROUNDS


def test_a_save_that_is_sent_again_counts_once():
    note = note_of(present=1)
    part = note.parts.get()
    first, second = uuid4(), uuid4()
    opened = part.version
    save_part(part=part, words="One.", sent=Sent(opened, first), by=note.author)
    save_part(part=part, words="One. Two.", sent=Sent(opened, second, (first,)), by=note.author)
    part.refresh_from_db()
    assert part.words == "One. Two.", "its answer was lost, so the page still knew the empty text"
    save_part(part=part, words="One.", sent=Sent(opened, first), by=note.author)
    part.refresh_from_db()
    assert part.words == "One. Two."


def test_a_save_that_comes_after_the_one_that_replaced_it_changes_nothing():
    note = note_of(present=1)
    part = note.parts.get()
    late, opened = UUID(int=7), part.version
    save_part(part=part, words="Spoke of work.", sent=Sent(opened, uuid4(), (late,)), by=note.author)
    save_part(part=part, words="Spoke of w", sent=Sent(opened, late), by=note.author)
    part.refresh_from_db()
    assert part.words == "Spoke of work."


def test_what_was_saved_on_the_way_goes_with_the_signature():
    signed(present=1)
    assert not SavedText.objects.exists()
