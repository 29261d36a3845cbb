"""A copy of a record leaves as a file only with whoever has just proved who they are."""

import re

import pytest
from django.db import transaction
from django.test import Client

from stepdown.people.tests.clients import proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from tests.consistency.files import name, templates
from tests.consistency.role_matrix import ROWS
from tests.consistency.role_rows import OPEN, ROLES
from tests.consistency.test_role_matrix import addresses

WITHOUT_PROOF = {
    "privacy:audit_file": "an agreement before an audit tells of no patient",
    "privacy:agreement_file": "an agreement with a vendor tells of no patient",
    "people:document": "a license certificate tells of the one who counsels, of no patient",
}
ASKS_NOBODY = {
    "chart/my_plan.html",
    "people/license.html",
    "privacy/_audit_facts.html",
    "privacy/agreement.html",
    "privacy/my_accounting.html",
    "privacy/my_consent.html",
    "privacy/my_notice.html",
    "privacy/notice.html",
    "privacy/read.html",
    "supporters/sign.html",
}
FILES = {
    "chart:plan_version",
    "chart:single",
    "desk:patient",
    "mfa_download_recovery_codes",
    "privacy:looks_file",
    "privacy:packet_file",
    "privacy:received_file",
}


def opened_by(role: str) -> list[str]:
    """Pages for staff of which this role is the first that opens them."""
    closed = {page: row.meets for page, row in ROWS.items() if row.meets["stranger"] != OPEN}
    return [page for page, meets in closed.items() if next((r for r in ROLES if meets[r] == OPEN), "") == role]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_file_without_proof(role, settings):
    settings.DEMO = True
    CenterFactory()
    me, patient = StaffFactory(roles=[role]), PatientFactory()
    client = proved_long_ago(sign_in(Client(), me))
    cookies = client.cookies.copy()
    given, asked = set(), set()
    for page, url in addresses(opened_by(role), me, patient):
        with transaction.atomic():
            client.cookies = cookies.copy()
            answer = client.get(url, {"as": "pdf"})
            transaction.set_rollback(True)
        if "attachment" in answer.headers.get("Content-Disposition", ""):
            given.add(page)
        if answer.status_code == 302 and "/account/confirm/" in answer.url:
            asked.add(page)
    assert given <= set(WITHOUT_PROOF)
    assert FILES & set(opened_by(role)) <= asked


def test_no_link_makes_a_browser_save_the_question_as_the_file():
    """`download` saves whatever the address answers, also the page that asks who it is."""
    saving = {name(path) for path in templates() if re.search(r'\bdownload(=""|>)', path.read_text())}
    assert {path.split("/templates/")[1] for path in saving} == ASKS_NOBODY
