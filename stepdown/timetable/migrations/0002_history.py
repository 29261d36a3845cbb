import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('timetable', '0001_initial'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='SessionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetable.session')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('leader', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('co_leader', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('cancelled_why', models.CharField(blank=True, max_length=200)),
                        ('moved_from', models.DateTimeField(blank=True, help_text='When it was planned, for one that was moved by itself.', null=True)),
                        ('changed_at', models.DateTimeField(blank=True, null=True)),
                        ('changed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('topic', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.topic')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='groupchange',
                    trigger=pgtrigger.compiler.Trigger(name='next_leaders_kept_apart', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE given uuid[];', func="\n        given := ARRAY(\n            SELECT staff FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff\n            WHERE staff IS NOT NULL AND staff <> ALL((SELECT ARRAY[leader_id, COALESCE(co_leader_id, leader_id)] FROM placement_group WHERE id = NEW.group_id)::uuid[])\n        );\n        PERFORM pg_advisory_xact_lock(hashtextextended(pair.id::text, 0)) FROM (\n            SELECT id FROM placement_pair WHERE apart AND ended_at IS NULL AND staff_id = ANY(given) ORDER BY id\n        ) AS pair;\n        IF EXISTS (\n            SELECT 1 FROM placement_pair pair JOIN placement_seat seat ON seat.patient_id = pair.one_id\n            WHERE pair.apart AND pair.ended_at IS NULL AND pair.staff_id = ANY(given)\n            AND seat.group_id = NEW.group_id AND seat.released_at IS NULL\n            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())\n            AND COALESCE(seat.ends_at, 'infinity') > NEW.from_on::timestamp AT TIME ZONE NEW.time_zone\n        ) THEN\n            RAISE EXCEPTION 'Someone in this group is to be kept apart from them.' USING CONSTRAINT = 'kept_apart';\n        END IF;\n        RETURN NEW;\n    ", hash='12f3469059cdd8f6833414468dd6daebd443cd39', operation='INSERT', pgid='pgtrigger_next_leaders_kept_apart_ae28f', table='timetable_groupchange', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sessionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='991196abb67c73cc72d90acafaed0d6310759fb6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68b44', table='timetable_sessionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='session',
                    trigger=pgtrigger.compiler.Trigger(name='books_who_leads', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF TG_OP = 'UPDATE' THEN\n            IF (NEW.leader_id, NEW.co_leader_id, NEW.starts_at, NEW.ends_at, NEW.cancelled_at IS NULL)\n                IS NOT DISTINCT FROM\n                (OLD.leader_id, OLD.co_leader_id, OLD.starts_at, OLD.ends_at, OLD.cancelled_at IS NULL)\n            THEN RETURN NULL; END IF;\n            DELETE FROM timetable_booking WHERE session_id = NEW.id;\n        END IF;\n        IF NEW.cancelled_at IS NULL THEN\n            PERFORM pg_advisory_xact_lock(hashtextextended(staff::text, 0)) FROM (\n                SELECT staff FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff\n                WHERE staff IS NOT NULL ORDER BY staff\n            ) AS booked;\n            INSERT INTO timetable_booking (session_id, staff_id, starts_at, ends_at)\n            SELECT NEW.id, staff, NEW.starts_at, NEW.ends_at\n            FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff WHERE staff IS NOT NULL;\n        END IF;\n        RETURN NULL;\n    ", hash='88dfacbd5b2529dc9407d01e83a6932381fff4ae', operation='INSERT OR UPDATE', pgid='pgtrigger_books_who_leads_652c2', table='timetable_session', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='session',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_why" IS DISTINCT FROM (NEW."cancelled_why") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."co_leader_id" IS DISTINCT FROM (NEW."co_leader_id") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."leader_id" IS DISTINCT FROM (NEW."leader_id") OR OLD."moved_from" IS DISTINCT FROM (NEW."moved_from") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."topic_id" IS DISTINCT FROM (NEW."topic_id"))', func='INSERT INTO "timetable_sessionevent" ("cancelled_why", "changed_at", "changed_by_id", "co_leader_id", "ends_at", "leader_id", "moved_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "topic_id") VALUES (NEW."cancelled_why", NEW."changed_at", NEW."changed_by_id", NEW."co_leader_id", NEW."ends_at", NEW."leader_id", NEW."moved_from", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_at", NEW."topic_id"); RETURN NULL;', hash='0d90d3832b579eefe45efc607c5e420339db6f8e', operation='UPDATE', pgid='pgtrigger_update_update_75ae6', table='timetable_session', when='AFTER')),
                ),
            ],
        ),
    ]
