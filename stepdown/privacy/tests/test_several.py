"""Several records of strangers are proposed, and approved, in one go: each still checked, and with its certificate."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.kernel.db import RuleBroken
from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.privacy import queries_several as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import AskedAbout, Destruction, DestructionCertificate, DueRecord
from stepdown.privacy.services_retention import hold
from stepdown.privacy.tests.retention import director, due, long_gone, long_unanswered, officer

pytestmark = pytest.mark.django_db
QUESTIONS = RecordClass.QUESTIONS
WORDS = "Nobody asked again."
PROPOSE, APPROVE = "privacy:propose_several", "privacy:approve_several"


def due_ones(count: int = 3) -> list[DueRecord]:
    asked = [long_unanswered() for _one in range(count)]
    services.find_due()
    return list(DueRecord.objects.filter(root__in=[one.pk for one in asked]))


def proposed_ones(by, count: int = 3) -> list[Destruction]:
    return services.propose_several(records=due_ones(count), words=WORDS, by=by)


# -- all or none


def test_each_has_a_certificate_of_its_own():
    """RULE PRIV-34."""
    made = services.approve_several(destructions=proposed_ones(officer()), by=director())
    assert len({one.destruction.whose for one in made}) == 3
    assert [one.counts for one in made] == [{"privacy.AskedAbout": 1}] * 3
    assert not AskedAbout.objects.exists()
    assert not DestructionCertificate.objects.exclude(xact=None).exists()


def test_what_keeps_one_keeps_all_and_says_which():
    """RULE PRIV-34: a hold that came after they were chosen."""
    by = officer()
    rows = proposed_ones(by)
    hold(stranger=rows[1].whose, matter="Case 12", words="A letter came.", by=by)
    with pytest.raises(RuleBroken, match=r"^A question of .* about somebody: Legal hold: Case 12\. Nothing of what"):
        services.approve_several(destructions=rows, by=director())
    assert AskedAbout.objects.count() == 3
    assert not DestructionCertificate.objects.exists()
    assert Destruction.objects.filter(ended_at=None).count() == 3


def test_nobody_approves_several_of_which_one_is_their_own():
    first, second = officer(), officer()
    rows = [*proposed_ones(first, 1), *proposed_ones(second, 1)]
    with pytest.raises(RuleBroken, match="You proposed this yourself"):
        services.approve_several(destructions=rows, by=second)
    assert AskedAbout.objects.count() == 2


def test_what_somebody_proposed_meanwhile_is_proposed_by_none():
    by, records = officer(), due_ones()
    services.propose(record=records[2], words=WORDS, by=officer())
    with pytest.raises(RuleBroken, match="Somebody has proposed this already"):
        services.propose_several(records=records, words=WORDS, by=by)
    assert Destruction.objects.count() == 1


# -- what is offered


def test_only_what_nothing_keeps_and_nobody_proposed_is_offered():
    by = officer()
    free, held, there = due_ones()
    due(long_gone())
    hold(stranger=held.root, matter="Case 12", words="A letter came.", by=by)
    services.propose(record=there, words=WORDS, by=by)
    assert list(queries.to_propose(by)) == [str(free.pk)]
    assert queries.to_propose(by, {held.pk, there.pk}) == {}


def test_only_what_somebody_else_proposed_is_offered_to_be_approved():
    first, second = officer(), director()
    mine, theirs = proposed_ones(first, 2)
    hold(stranger=mine.whose, matter="Case 12", words="A letter came.", by=first)
    services.propose(record=due(long_gone()), words=WORDS, by=first)
    assert queries.to_approve(first) == {}
    assert list(queries.to_approve(second)) == [str(theirs.pk)]


@pytest.mark.parametrize("count", [2, 9])
def test_what_is_offered_takes_as_many_queries_for_many_as_for_two(count, django_assert_max_num_queries):
    by, second = officer(), director()
    records = due_ones(count)
    with django_assert_max_num_queries(14):
        assert len(queries.to_propose(by)) == count
    services.propose_several(records=records, words=WORDS, by=by)
    with django_assert_max_num_queries(14):
        assert len(queries.to_approve(second)) == count


# -- pages


def test_from_the_checked_lines_to_the_certificates():
    """RULE PRIV-34."""
    first, second = sign_in(Client(), officer()), sign_in(Client(), director())
    one, other, left = due_ones()
    said = first.get(reverse("privacy:due")).content.decode()
    assert said.count('name="chosen"') == 3
    url = reverse(PROPOSE)
    page = first.get(url, {"chosen": [one.pk, other.pk]})
    assert page.context["form"]["chosen"].initial == [str(one.pk), str(other.pk)]
    sent = {"chosen": [one.pk, other.pk], "words": WORDS}
    assert first.post(f"{url}?chosen={one.pk}&chosen={other.pk}", sent).url == reverse("privacy:due")
    rows = Destruction.objects.all()
    assert {row.whose for row in rows} == {one.root, other.root}
    assert 'name="chosen"' in second.get(reverse("privacy:due")).content.decode()
    answer = second.post(reverse(APPROVE), {"chosen": [row.pk for row in rows], "sure": "on"})
    assert answer.url == reverse("privacy:certificates")
    assert DestructionCertificate.objects.count() == 2
    assert AskedAbout.objects.get().pk == left.root
    assert "Robin" not in page.content.decode()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [([], "Choose at least one."), (["nothing"], "One of these is kept, decided or gone by now.")],
)
def test_what_is_chosen_is_there_and_free(chosen, sentence):
    due_ones(2)
    answer = sign_in(Client(), officer()).post(reverse(PROPOSE), {"chosen": chosen, "words": WORDS})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert not Destruction.objects.exists()


def test_without_a_reason_nothing_is_proposed_and_what_was_chosen_stays_chosen():
    one, other = due_ones(2)
    answer = sign_in(Client(), officer()).post(reverse(PROPOSE), {"chosen": [one.pk], "words": ""})
    assert answer.status_code == 422
    assert "Say why they may go now." in answer.content.decode()
    assert answer.context["form"]["chosen"].value() == [str(one.pk)]
    assert str(other.pk) in answer.content.decode()
    assert not Destruction.objects.exists()


def test_who_approves_proves_first_and_says_that_they_are_sure():
    rows = proposed_ones(officer(), 2)
    client = sign_in(Client(), director())
    sent = {"chosen": [row.pk for row in rows]}
    assert client.post(reverse(APPROVE), sent).status_code == 422
    asked = proved_long_ago(client).post(reverse(APPROVE), sent | {"sure": "on"})
    assert asked.status_code == 422
    assert "Enter the code that your app shows." in asked.content.decode()
    assert AskedAbout.objects.count() == 2


def test_what_was_checked_and_is_kept_by_now_is_left_out_with_a_sentence():
    client, (one, other) = sign_in(Client(), officer()), due_ones(2)
    hold(stranger=one.root, matter="Case 12", words="A letter came.", by=officer())
    page = client.get(reverse(PROPOSE), {"chosen": [one.pk, other.pk, "x"]}).content.decode()
    assert "One of those you checked is kept or proposed by now, and left out." in page
    assert str(other.pk) in page
    assert str(one.pk) not in page
