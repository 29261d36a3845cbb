"""Run in a process of its own by bench.privacy: what the gate takes to decide, with 100,000 consents in the database.

Goal: p95 under 5 ms. A question is about somebody who has five consents, of which one was taken back; half of them are
let through. The database does not wait for the disk here. CONSENTS=100000 and QUESTIONS=2000 change how many.
"""

import os
import time
from random import Random

CONSENTS = int(os.environ.get("CONSENTS") or 100_000)
QUESTIONS = int(os.environ.get("QUESTIONS") or 2_000)
EACH = 5
MANY = """
INSERT INTO people_patient (id, first_name, last_name, chosen_name, date_of_birth, phone, email, language, time_zone,
    address_line, city, state, postal_code, emergency_contact_name, emergency_contact_phone, safe_contact_note,
    created_at)
SELECT gen_random_uuid(), 'Made', 'Up' || n, '', '1990-01-01', %(number)s, '', 'en', 'America/Chicago',
    '', '', 'TX', '', '', '', '', now()
FROM generate_series(1, %(people)s) AS n;
INSERT INTO privacy_recipient (id, patient_id, whom, name, relation, address, created_at)
SELECT gen_random_uuid(), patient.id, 'family', 'Person ' || n, '', '1 Example Street', now()
FROM people_patient patient, generate_series(1, %(each)s) AS n WHERE patient.first_name = 'Made';
INSERT INTO privacy_sharingconsent (id, patient_id, kind, language, prepared_at, patient_name, disclosing_parties,
    recipient_id, recipients, intermediary_participants, information_scope, purposes, revocation_text,
    revocation_method, expires_event, redisclosure_statement, refusal_consequences,
    fundraising_notice, case_reference, monitors, duration,
    revocable_event, text, digest, signature, signer_role, signed_at, method)
SELECT gen_random_uuid(), patient_id, 'specific', 'en', now(), 'Made Up', 'The center', id, ARRAY[name], '{}',
    '{program,attendance}', '{patient_request}', 'You can.', 'Tap.', 'end of the treatment', '', '', '', '', '{}', '',
    '', repeat('The words. ', 150), repeat('0', 64), 'Made Up', 'patient', now() - interval '1 day', 'bench'
FROM privacy_recipient;
INSERT INTO privacy_consentevent (id, consent_id, what, at, words)
SELECT gen_random_uuid(), id, 'revoked', now(), '' FROM privacy_sharingconsent WHERE recipients[1] = 'Person 1';
ANALYZE people_patient, privacy_recipient, privacy_sharingconsent, privacy_consentevent
"""


def main() -> None:
    import django

    django.setup()
    from django.db import connection, transaction

    from stepdown.people.models import Patient

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no history, which bulk rows would wait for
            for statement in MANY.split(";\n"):
                number = Patient._meta.get_field("phone").get_prep_value("+15555550100")
                cursor.execute(statement, {"people": CONSENTS // EACH, "each": EACH, "number": number})
        _asked()
        transaction.set_rollback(True)


def _asked() -> None:
    from django.utils import timezone

    from bench.table import percentile, table
    from stepdown.privacy import gate
    from stepdown.privacy.models import Recipient, SharingConsent

    rng = Random(20)
    ids = rng.sample(list(Recipient.objects.values_list("pk", flat=True)), QUESTIONS)
    recipients = list(Recipient.objects.filter(pk__in=ids).select_related("patient"))
    took, passed = [], 0
    for turn, one in enumerate(recipients):
        classes = ["program"] if turn % 2 else ["program", "tests"]
        began = time.perf_counter()
        verdict = gate.ask(
            patient=one.patient, recipient=one, purpose="patient_request", classes=classes, at=timezone.now(),
            by_officer=False,
        )  # fmt: skip
        took.append((time.perf_counter() - began) * 1000)
        passed += verdict.allowed
    count = SharingConsent.objects.count()
    print(
        f"\nThe gate with {count:,} consents: milliseconds over {QUESTIONS:,} questions, {passed:,} of them let through"
    )
    print(table(["p50", "p95", "p99"], [[f"{percentile(took, share):.2f}" for share in (0.5, 0.95, 0.99)]]))


if __name__ == "__main__":
    main()
