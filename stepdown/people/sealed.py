"""Secrets of second factors, sealed in the tables of django-allauth: renewed when keys are."""

from collections import Counter

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from stepdown.kernel.sealing import AFTER_ID, Store, key_of, opened, sealed
from stepdown.people.sign_in import SECOND_FACTOR

SEALED = ("secret", "seed")  # of a one-time code, and of recovery codes
AT_ONCE = 200  # rows


def count() -> dict[str, int]:
    found = Authenticator.objects.values_list("data", flat=True)
    return dict(Counter(key_of(data[part]) for data in found for part in SEALED if part in data))


@transaction.atomic
def renew(newest: str) -> int:
    older = Q()
    for part in SEALED:
        older |= Q(data__has_key=part) & ~Q(**{f"data__{part}__startswith": f"{newest}{AFTER_ID}"})
    rows = Authenticator.objects.select_for_update().filter(older)
    batch = list(rows.order_by("pk")[:AT_ONCE])
    for row in batch:
        again = {
            part: sealed(SECOND_FACTOR, opened(SECOND_FACTOR, row.data[part])) for part in SEALED if part in row.data
        }
        row.data = row.data | again
    Authenticator.objects.bulk_update(batch, ["data"])
    return len(batch)


STORE = Store("Second factors", count, renew)
