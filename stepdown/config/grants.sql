-- What the processes that serve people (web, live, worker) may do in the database. Run by the owner of the tables after
-- every migration, as often as one likes; what a later table needs, nobody has until then.
--
-- `stepdown.web` names their role. It owns nothing, so it switches off no trigger and alters no table. It reads
-- history and never writes it: the triggers that do run as the owner. Source: RULE PRIV-26, 32; 45 CFR 164.312(b), (c).

SELECT pg_advisory_xact_lock(hashtextextended('stepdown.grants', 0));  -- one at a time

DO $grants$
DECLARE
    web text := current_setting('stepdown.web');
    -- Rows come, and never change or go. Each has a trigger that says so; this stands behind it.
    append_only text[] := ARRAY[
        'chart_addendum', 'chart_contactaddendum', 'chart_cosignature', 'chart_deadlinemove', 'chart_drugtestresult',
        'chart_drugtesttalk', 'chart_noteformat', 'chart_notetemplate', 'chart_notevoid', 'chart_plananswer',
        'chart_progress', 'chart_returnaddendum', 'chart_returnresponse', 'chart_returntouse', 'chart_safetyplan',
        'chart_sentback', 'chart_welfarestep', 'live_calledback', 'live_decision', 'live_inboxevent',
        'live_incidententry', 'live_licenseoverride', 'live_visitanswer', 'measures_checkin', 'measures_scoring',
        'measures_textpack', 'people_secondfactorreset', 'privacy_agreementwarning', 'privacy_consentevent',
        'privacy_consentrefusal', 'privacy_destructioncertificate', 'privacy_disclosure', 'privacy_emergencytry',
        'privacy_look', 'privacy_lookcheck', 'privacy_minorrule', 'privacy_notice', 'privacy_noticedelivery',
        'privacy_parentsignature', 'privacy_part2decision', 'privacy_refuseddisclosure', 'privacy_retentionpolicy',
        'transitions_rating'
    ];
    each record;
BEGIN
    IF EXISTS (
        SELECT FROM pg_roles
        WHERE rolname = web AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
    ) OR pg_has_role(web, current_user, 'MEMBER') THEN
        RAISE EXCEPTION 'The role % of the processes may do too much. Give them a plain role of their own.', web;
    END IF;
    IF EXISTS (SELECT FROM pg_class WHERE relowner = web::regrole) THEN
        RAISE EXCEPTION 'The role % of the processes owns tables. Give them to the role that migrates.', web;
    END IF;

    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', web);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', web);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', web);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', web);
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM %I', array_to_string(append_only, ', '), web);
    -- A certificate is written by what destroys, and by nobody else (destruction.sql).
    EXECUTE format(
        'REVOKE INSERT, UPDATE, DELETE ON django_migrations, pghistory_context, privacy_destructioncertificate FROM %I', web
    );

    FOR each IN
        SELECT attrelid::regclass AS history FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attname = 'pgh_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM %I', each.history, web);
    END LOOP;

    FOR each IN
        SELECT DISTINCT tgfoid::regprocedure AS writes_history FROM pg_trigger
        WHERE tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', each.writes_history);
        -- Else it could be hung on another table, to write what never was.
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each.writes_history);
    END LOOP;
END
$grants$;
