"""The SQL that counts and destroys what is held of a person, made from what the stages have said in `retention`.

`./manage.py destruction_sql` writes it to `config/destruction.sql`, which the owner of the tables puts into the
database with the grants; a test holds both alike. See docs/adr/0015.
"""

# ruff: noqa: S608  # the words are those of models; nothing that anybody typed comes in
from typing import Any

from django.db import models

from stepdown.privacy import retention, strangers
from stepdown.privacy.domain.retention import DEFAULTS, LEAST_YEARS, RecordClass
from stepdown.privacy.models import LegalHold
from stepdown.privacy.retention import Held, Model
from stepdown.privacy.strangers import Root

HEAD = """\
-- Made by `./manage.py destruction_sql`; see docs/adr/0015. Put in place with the grants.

"""

COUNT = """\
-- What is held of a person, or of a stranger whose record begins with that row: class, model, rows, from when to when.
-- Counts what the role of the processes sees none of.
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
    zone text := coalesce((SELECT time_zone FROM people_center LIMIT 1), 'UTC');
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
{roots}
    SELECT min(first) AS first, max(last) AS last INTO of_all FROM privacy_held(whose);
    IF EXISTS (
        SELECT FROM privacy_legalhold hold
        WHERE lifted_at IS NULL AND (
            patient_id = whose OR stranger = whose OR stranger IN ({led})
            OR patient_id IS NULL AND stranger IS NULL
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
        made, asked.id, now(), asked.record_class, '{{}}', 0, (begins AT TIME ZONE zone)::date,
        (ends AT TIME ZONE zone)::date, asked.method, approver,
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

ROOT = """\
    IF asked.record_class = '{record_class}' THEN
{locks}  -- nobody becomes a patient, and nothing is added, meanwhile
        IF NOT EXISTS (SELECT FROM {table} WHERE id = whose AND {known} IS NULL) THEN
            RAISE EXCEPTION 'This has led to a patient since, or is not there any more.';
        END IF;{waits}
    END IF;"""

WAITS = """
        IF EXISTS (SELECT FROM {table} WHERE id = whose AND {waits}) THEN
            RAISE EXCEPTION 'This is not done with yet.';
        END IF;"""

KEPT = """\
    IF asked.record_class = '{record_class}' AND ends > now() + interval '1 day' - make_interval(years => coalesce(
        (SELECT years FROM privacy_retentionpolicy WHERE record_class = '{record_class}' ORDER BY set_at DESC LIMIT 1),
        {years}
    )) THEN
        RAISE EXCEPTION 'By the rule that counts now this is not due yet.';
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
    least = [LEAST.format(record_class=each.value, years=years) for each, years in LEAST_YEARS.items()]
    least += [KEPT.format(record_class=each.value, years=DEFAULTS[each].years) for each in strangers.roots()]
    destroy = DESTROY.format(roots=_roots(), led=_led(), least="\n".join(least), blocks=blocks)
    return HEAD + COUNT.format(counts=counts) + destroy + IGNORED


def _roots() -> str:
    """What is looked for at the root of a stranger's record, which is held until the end of the transaction."""
    return "\n".join(
        ROOT.format(
            record_class=each.value,
            table=_table(root.model),
            known=_column(root.model, root.known),
            waits=_waits(root),
            locks=_locks(each),
        )
        for each, root in strangers.roots().items()
    )


def _locks(record_class: RecordClass) -> str:
    return "\n".join(
        f"        PERFORM id FROM {_table(one.model)} WHERE {_is_theirs(one.model, one.ways, gone=False)} FOR UPDATE;"
        for one in retention.held(record_class)
    )


def _waits(root: Root) -> str:
    if not root.waits:
        return ""
    said = (
        f"{_column(root.model, name)} IS NULL" if value is None else _column(root.model, name)
        for name, value in root.waits.items()
    )
    return WAITS.format(table=_table(root.model), waits=" AND ".join(said))


def _led() -> str:
    """Roots that once stood for a stranger's record, and have led to this patient."""
    return " UNION ".join(
        f"SELECT id FROM {_table(root.model)} WHERE patient_id = whose" for root in strangers.roots_that_lead()
    )


def _count(record_class: RecordClass, one: Held) -> str:
    counted = [_counted(record_class, one.model, _days(one), _is_theirs(one.model, one.ways, gone=False))]
    if _is_root(one.model):
        days = "NULL::timestamptz, NULL::timestamptz"
        counted.append(_counted(record_class, LegalHold, days, _is_held(one, gone=False)))
    return "\nUNION ALL\n".join(counted)


def _counted(record_class: RecordClass, model: Model, days: str, condition: str) -> str:
    if root := strangers.roots().get(record_class):
        known = _column(root.model, root.known)
        condition += f" AND EXISTS (SELECT FROM {_table(root.model)} WHERE id = whose AND {known} IS NULL)"
    return f"SELECT '{record_class}', '{model._meta.label}', count(*), {days}\nFROM {_table(model)} WHERE {condition}"


def _days(one: Held) -> str:
    columns = [f"{_column(one.model, name)}::timestamptz" for name in one.times]
    first, last = (
        f"{fold}({ends}({', '.join(columns)}))" if columns[1:] else f"{fold}({''.join(columns)})"
        for fold, ends in (("min", "least"), ("max", "greatest"))
    )
    return f"{first}, {last}" if columns else "NULL::timestamptz, NULL::timestamptz"


def _block(record_class: RecordClass, found: list[Held]) -> str:
    lines = [f"    IF asked.record_class = '{record_class}' THEN"]
    for one in found:
        if _is_root(one.model):
            held = _is_held(one, gone=True)
            lines += _delete(LegalHold, of_history=held, of_rows=held)
        theirs = _ids(one.model, one.ways, gone=True)
        of_rows = _is_theirs(one.model, one.ways, gone=True)
        lines += _delete(one.model, of_history=f"pgh_obj_id IN ({theirs})", of_rows=of_rows)
    return "\n".join([*lines, "    END IF;"])


def _delete(model: Model, *, of_history: str, of_rows: str) -> list[str]:
    lines = []
    if history := _history(model):
        lines += [
            f"        DELETE FROM {_table(history)} WHERE {of_history};",
            "        GET DIAGNOSTICS n = ROW_COUNT;",
            "        stated := stated + n;",
        ]
    return [
        *lines,
        f"        DELETE FROM {_table(model)} WHERE {of_rows};",
        "        GET DIAGNOSTICS n = ROW_COUNT;",
        f"        IF n > 0 THEN counted := counted || jsonb_build_object('{model._meta.label}', n); END IF;",
    ]


def _is_root(model: Model) -> bool:
    return any(root.model is model for root in strangers.roots().values())


def _is_held(one: Held, *, gone: bool) -> str:
    """The condition for holds, lifted ones, on these rows as roots of strangers' records: they go with them."""
    return f'"stranger" IN ({_ids(one.model, one.ways, gone=gone)})'


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
