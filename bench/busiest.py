"""Asks each page many times within one process and prints what it took as one line of JSON."""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from bench.table import percentile
from demo.center import PASSWORD
from stepdown.attendance.models import Attendance
from stepdown.people import devices, services
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Group, Seat
from stepdown.timetable.models import Session

Ask = Callable[[], Any]


def staff_client(staff: Staff) -> Client:
    cache.clear()  # the run before this one used the same code at the same hour
    client = Client()
    client.post(reverse("account_login"), {"login": staff.account.email, "password": PASSWORD})
    totp = TOTP(Authenticator.objects.get(user=staff.account, type=Authenticator.Type.TOTP))
    code = format_hotp_value(hotp_value(decrypt(totp.instance.data["secret"]), int(time.time()) // 30))
    client.post(reverse("mfa_authenticate"), {"code": code})
    return client


def patient_client(patient: Patient) -> Client:
    client = Client()
    client.cookies[devices.COOKIE] = services.trust_device(patient=patient)[1]
    return client


def doors_open() -> datetime:
    """Ten minutes before the first group's next session: when the pages of a session are asked most."""
    return _first_group().sessions.standing().filter(starts_at__gt=timezone.now()).earliest(
        "starts_at"
    ).starts_at - timedelta(minutes=10)


def _first_group() -> Group:
    return Group.objects.filter(program__is_aftercare=False).earliest("opened_on", "name")


def busiest() -> list[tuple[str, Client, str]]:
    """The ten pages people are on most, each with who asks: (name, client, address)."""
    now = timezone.now()
    group = _first_group()
    leader, director = staff_client(group.leader), staff_client(Staff.objects.with_role(Role.DIRECTOR).get())
    admissions = staff_client(Staff.objects.with_role(Role.ADMISSIONS).get())
    seat = Seat.objects.accepted().at(now).filter(group=group).select_related("patient").order_by("starts_at").first()
    patient = patient_client(seat.patient)
    ahead = Session.objects.standing().filter(group=group, starts_at__gt=now).order_by("starts_at").first()
    past = Session.objects.standing().filter(group=group, ends_at__lt=now, note__isnull=False).order_by("-starts_at")[0]
    return [
        ("public home", Client(), reverse("public:home")),
        ("counselor's day", leader, reverse("desk:day")),
        ("director's day", director, reverse("desk:day")),
        ("patient's home", patient, reverse("desk:home")),
        ("door", patient, reverse("live:door", args=[ahead.pk])),
        ("room, leader", leader, reverse("live:staff_room", args=[ahead.pk])),
        ("group note", leader, reverse("chart:write", args=[past.pk])),
        ("patient's chart", leader, reverse("desk:patient", args=[seat.patient_id])),
        ("patients", director, reverse("placement:patients")),
        ("group", director, reverse("placement:group", args=[group.pk])),
        ("admissions board", admissions, reverse("admissions:board")),
    ]


def measured(name: str, client: Client, address: str, rounds: int) -> dict[str, object]:
    for _ in range(3):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{name} answered {answer.status_code}"
        assert "sign-in" not in answer.request["PATH_INFO"], f"{name} asked to sign in"
    with CaptureQueriesContext(connection) as captured:
        client.get(address, follow=True)
    queries = len(captured)  # now: the next request empties the log
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(address, follow=True)
        times.append((time.perf_counter() - begun) * 1000)
    return {"name": name, "p50": percentile(times, 0.5), "p95": percentile(times, 0.95), "queries": queries}


def main() -> None:
    rounds = int(sys.argv[1])
    with (
        override_settings(
            ALLOWED_HOSTS=["testserver"],
            STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        ),
        time_machine.travel(doors_open()),
    ):
        pages = [measured(*page, rounds) for page in busiest()]
    print(json.dumps({"patients": Patient.objects.count(), "attendances": Attendance.objects.count(), "pages": pages}))
