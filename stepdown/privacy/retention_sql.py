"""The SQL that counts and destroys what is held of a person, made from what the stages have said in `retention`.

`./manage.py destruction_sql` writes it to `config/destruction.sql`, which the owner of the tables puts into the
database with the grants; a test holds both alike. See docs/adr/0015.
"""

# ruff: noqa: S608  # the words are those of models; nothing that anybody typed comes in
from typing import Any

from django.db import models

from stepdown.privacy import retention
from stepdown.privacy.domain.retention import LEAST_YEARS, RecordClass
from stepdown.privacy.retention import Held, Model

HEAD = """\
-- Made by `./manage.py destruction_sql`; see docs/adr/0015. Put in place with the grants.

"""

COUNT = """\
-- What is held of a person: class, model, rows, from when to when. Counts what the role of the processes sees none of.
CREATE OR REPLACE FUNCTION privacy_held(whose uuid)
RETURNS TABLE (record_class text, model text, held bigint, first timestamptz, last timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $held$
SELECT found.* FROM (
{counts}
) found (record_class, model, held, first, last) WHERE found.held > 0
$held$;
"""

DESTROY = """
-- Destroys what somebody proposed and another person approves, with every earlier state of it. Owned by the owner of
-- the tables, so it may do what the role of the processes may not; so it looks for itself whether all is as it must be.
CREATE OR REPLACE FUNCTION privacy_destroy(proposal uuid, approver uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $destroy$
DECLARE
    asked privacy_destruction;
    whose uuid;
    made uuid := gen_random_uuid();
    n bigint;
    counted jsonb := '{{}}';
    stated bigint := 0;
    begins timestamptz;
    ends timestamptz;
    of_all record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('privacy.retention', 0));  -- no hold is put on meanwhile
    SELECT * INTO asked FROM privacy_destruction WHERE id = proposal FOR UPDATE;
    IF asked.id IS NULL OR asked.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'Somebody has decided this already.';
    END IF;
    whose := asked.whose;
    IF asked.proposed_by_id = approver THEN
        RAISE EXCEPTION 'You proposed this yourself. Somebody else approves it.';
    END IF;
    IF (
        SELECT count(*) FROM people_staff
        WHERE ended_at IS NULL
          AND (id = approver AND roles && ARRAY['privacy', 'director']::varchar[] OR id = asked.proposed_by_id)
    ) <> 2 THEN
        RAISE EXCEPTION 'A privacy officer or a clinical director approves what somebody who works here has proposed.';
    END IF;
    IF asked.due_on > current_date + 1 THEN
        RAISE EXCEPTION 'It is not due yet.';
    END IF;
    SELECT min(first) AS first, max(last) AS last INTO of_all FROM privacy_held(whose);
    IF EXISTS (
        SELECT FROM privacy_legalhold hold
        WHERE lifted_at IS NULL AND (
            patient_id = whose OR patient_id IS NULL
            AND daterange(begins_on, ends_on, '[]') && daterange(of_all.first::date - 1, of_all.last::date + 1, '[]')
        )
    ) THEN
        RAISE EXCEPTION 'A legal hold stands. Nothing of this record is destroyed.';
    END IF;
    SELECT min(first), max(last) INTO begins, ends FROM privacy_held(whose) WHERE record_class = asked.record_class;
{least}
    INSERT INTO privacy_destructioncertificate (
        id, destruction_id, at, record_class, counts, states, first_on, last_on, method, approved_by_id, xact
    ) VALUES (
        made, asked.id, now(), asked.record_class, '{{}}', 0, begins::date, ends::date, asked.method, approver,
        pg_current_xact_id()::text
    );
    PERFORM set_config('stepdown.destroys', 'on', true);
{blocks}
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    UPDATE privacy_destructioncertificate SET counts = counted, states = stated, xact = NULL WHERE id = made;
    PERFORM set_config('stepdown.destroys', '', true);
    UPDATE privacy_destruction SET ended_at = now(), ended_by_id = approver, outcome = 'destroyed' WHERE id = asked.id;
    RETURN made;
END
$destroy$;
"""

LEAST = """\
    IF asked.record_class = '{record_class}' AND ends > now() - interval '{years} years' + interval '1 day' THEN
        RAISE EXCEPTION 'The law keeps this for {years} years from the last entry.';
    END IF;"""

IGNORED = """
-- Rows that are only ever added to refuse to go, and what goes leaves a history, but for what is destroyed: there a
-- certificate of this transaction stands, which nobody but `privacy_destroy` writes; and but for `rotate_keys`.
-- django-pgtrigger lets a session name triggers that it wants to ignore; here nobody else may.
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE plpgsql STABLE AS $ignore$
BEGIN
    IF current_setting('stepdown.destroys', true) = 'on' THEN
        RETURN EXISTS (
            SELECT FROM public.privacy_destructioncertificate WHERE xact = pg_current_xact_id_if_assigned()::text
        );
    END IF;
    -- Who owns the tables seals rows anew with another key, which changes nothing of what they say.
    IF current_setting('stepdown.seals', true) = 'on' THEN
        RETURN pg_has_role(session_user, (
            SELECT relowner FROM pg_class WHERE oid = 'public.privacy_destructioncertificate'::regclass
        ), 'MEMBER');
    END IF;
    RETURN false;
END
$ignore$;

DO $rights$
BEGIN
    REVOKE EXECUTE ON FUNCTION privacy_held(uuid), privacy_destroy(uuid, uuid) FROM PUBLIC;
    EXECUTE format(
        'GRANT EXECUTE ON FUNCTION privacy_held(uuid), privacy_destroy(uuid, uuid) TO %I',
        current_setting('stepdown.web')
    );
END
$rights$;
"""


def written() -> str:
    """The whole file."""
    classes = [(each, retention.held(each)) for each in RecordClass]
    counts = "\nUNION ALL\n".join(_count(each, one) for each, found in classes for one in found)
    blocks = "\n".join(_block(each, found) for each, found in classes)
    least = "\n".join(LEAST.format(record_class=each.value, years=years) for each, years in LEAST_YEARS.items())
    return HEAD + COUNT.format(counts=counts) + DESTROY.format(least=least, blocks=blocks) + IGNORED


def _count(record_class: RecordClass, one: Held) -> str:
    columns = [f"{_column(one.model, name)}::timestamptz" for name in one.times]
    first, last = (
        f"{fold}({ends}({', '.join(columns)}))" if columns[1:] else f"{fold}({''.join(columns)})"
        for fold, ends in (("min", "least"), ("max", "greatest"))
    )
    days = f"{first}, {last}" if columns else "NULL::timestamptz, NULL::timestamptz"
    return (
        f"SELECT '{record_class}', '{one.model._meta.label}', count(*), {days}\n"
        f"FROM {_table(one.model)} WHERE {_is_theirs(one.model, one.ways, gone=False)}"
    )


def _block(record_class: RecordClass, found: list[Held]) -> str:
    lines = [f"    IF asked.record_class = '{record_class}' THEN"]
    for one in found:
        if history := _history(one.model):
            theirs = _ids(one.model, one.ways, gone=True)
            lines += [
                f"        DELETE FROM {_table(history)} WHERE pgh_obj_id IN ({theirs});",
                "        GET DIAGNOSTICS n = ROW_COUNT;",
                "        stated := stated + n;",
            ]
        lines += [
            f"        DELETE FROM {_table(one.model)} WHERE {_is_theirs(one.model, one.ways, gone=True)};",
            "        GET DIAGNOSTICS n = ROW_COUNT;",
            f"        IF n > 0 THEN counted := counted || jsonb_build_object('{one.model._meta.label}', n); END IF;",
        ]
    return "\n".join([*lines, "    END IF;"])


def _is_theirs(model: Model, ways: tuple[str, ...], *, gone: bool) -> str:
    """The condition for the rows of a model. By several ways, each is asked by its own index. gone: also by rows in
    between that are gone and have left a history, which takes reading all histories."""
    if len(ways) == 1:
        return _way(model, ways[0], gone=gone)
    key = _column(model, model._meta.pk.name)
    return f"{key} IN ({' UNION '.join(_by(model, key, ways, gone=gone))})"


def _by(model: Model, key: str, ways: tuple[str, ...], *, gone: bool) -> list[str]:
    return [f"SELECT {key} FROM {_table(model)} WHERE {_way(model, way, gone=gone)}" for way in ways]


def _way(model: Model, way: str, *, gone: bool) -> str:
    if not way:
        return f"{_column(model, model._meta.pk.name)} = whose"
    name, _, rest = way.partition("__")
    parent: Any = model._meta.get_field(name).related_model
    if not rest:
        return f"{_column(model, name)} = whose"
    return f"{_column(model, name)} IN ({_ids(parent, (rest,), gone=gone)})"


def _ids(model: Model, ways: tuple[str, ...], *, gone: bool) -> str:
    found = _by(model, _column(model, model._meta.pk.name), ways, gone=gone)
    history = _history(model)
    if history and gone:
        found += ["SELECT whose"] if ways == ("",) else _by(history, "pgh_obj_id", ways, gone=gone)
    return " UNION ".join(found)


def _history(model: Model) -> Model | None:
    return getattr(model, "pgh_event_model", None)


def _table(model: Model) -> str:
    return model._meta.db_table


def _column(model: Model, name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return f'"{field.column}"'
