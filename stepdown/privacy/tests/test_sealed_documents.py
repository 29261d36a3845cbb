"""Files lie sealed in the database, come out as they went in, and are sealed anew when keys are rotated."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from stepdown.kernel import keys, rotation, sealed_rows, sealing
from stepdown.people import services_licenses
from stepdown.people.models import LicenseDocument, Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, PatientFactory, StaffFactory
from stepdown.privacy.models import Audit, Packet, ReceivedRecord, ServiceAgreement
from stepdown.privacy.queries_sending import content_of
from stepdown.privacy.tests.factories import SIGNED, agreed_with, audited, came, sent, signed

pytestmark = pytest.mark.django_db
CERTIFICATE = b"%PDF-1.7 plainly made up %%EOF"
WHERE = {
    "people_licensedocument": "content",
    "privacy_serviceagreement": "document",
    "privacy_audit": "document",
    "privacy_receivedrecord": "document",
    "privacy_packet": "content",
}


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys"
    keys.make_if_missing(settings.KEY_RING)
    CenterFactory()
    return settings.KEY_RING


@pytest.fixture
def files() -> dict[str, bytes]:
    """One of each kind; what is in it, by its table."""
    held = LicenseFactory()
    services_licenses.add_document(license=held, content=CERTIFICATE, by=held.staff)
    agreed_with("text")
    audited(is_open=False)
    came(PatientFactory())
    sent(signed(PatientFactory()), StaffFactory(roles=[Role.DIRECTOR]))
    return opened()


def opened() -> dict[str, bytes]:
    return {
        "people_licensedocument": bytes(LicenseDocument.objects.get().content),
        "privacy_serviceagreement": bytes(ServiceAgreement.objects.get().document),
        "privacy_audit": bytes(Audit.objects.get().document),
        "privacy_receivedrecord": bytes(ReceivedRecord.objects.get().document),
        "privacy_packet": content_of(Packet.objects.get()),
    }


def stored() -> dict[str, bytes]:
    with connection.cursor() as cursor:
        found = {}
        for table, column in WHERE.items():
            cursor.execute(f"SELECT {column} FROM {table}")
            (found[table],) = [bytes(value) for (value,) in cursor.fetchall()]
    return found


def test_what_lies_in_the_tables_tells_nothing_of_the_files(files):
    assert files["people_licensedocument"] == CERTIFICATE
    assert files["privacy_serviceagreement"] == SIGNED
    assert files["privacy_packet"]
    key = sealing.ring()[0].id.encode()
    for table, content in stored().items():
        assert content.startswith(key + b".")
        assert files[table] not in content
        assert b"%PDF" not in content


def test_they_are_sealed_anew_also_where_nothing_ever_changes_and_no_new_state_arises(files, ring, monkeypatch):
    monkeypatch.setattr(sealed_rows, "FILES_AT_ONCE", 1)
    held = LicenseFactory()
    services_licenses.add_document(license=held, content=CERTIFICATE + b"%%EOF", by=held.staff)
    states = ServiceAgreement.pgh_event_model.objects.count()
    old = sealing.ring()[0].id

    call_command("rotate_keys")

    newest = sealing.ring()[0].id
    assert set(rotation.in_use()) == {newest} != {old}
    assert rotation.drop_unused() == {old}
    LicenseDocument.objects.get(license=held).delete()
    assert opened() == files
    assert ServiceAgreement.pgh_event_model.objects.count() == states


def test_the_role_of_the_processes_cannot_have_triggers_look_away(web):
    web.execute("SELECT set_config('stepdown.seals', 'on', true)")
    assert web.execute("SELECT _pgtrigger_should_ignore('any')").fetchone() == (False,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('stepdown.seals', 'on', true), _pgtrigger_should_ignore('any')")
        assert cursor.fetchone() == ("on", True)
        cursor.execute("SELECT set_config('stepdown.seals', '', true), _pgtrigger_should_ignore('any')")
        assert cursor.fetchone() == ("", False)
    with pytest.raises(psycopg.errors.Error):
        web.execute("UPDATE people_patientevent SET phone = ''")


def test_a_file_whose_key_is_missing_is_told_in_a_sentence(files, client, settings, tmp_path):
    sign_in(client, StaffFactory(roles=[Role.PRIVACY]))
    settings.KEY_RING = tmp_path / "of another machine"
    keys.make_if_missing(settings.KEY_RING)
    answer = client.get(reverse("privacy:agreement_file", args=[ServiceAgreement.objects.values("pk").get()["pk"]]))
    assert answer.status_code == 503
    assert "the file of keys has to be brought back" in answer.content.decode()
