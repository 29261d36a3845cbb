-- Each leader has four groups, at four times of the week; half of the sessions lie behind. Of ten chairs seven or eight
-- are taken, and every fifth group is full; whoever has no chair waits, or has been here before. Of a thousand people who
-- sit there one is where their leader has no license.
INSERT INTO people_account (email, password, is_active, password_is_first, created_at)
SELECT 'leader' || n || '@example.com', '!', true, false, now() FROM generate_series(1, %(leaders)s) n;
INSERT INTO people_staff (id, account_id, name, letters, roles, time_zone, phone)
SELECT md5('staff' || n)::uuid, a.id, 'Counsel Number' || n, 'LADC', '{counselor}', 'America/Chicago', ''
FROM generate_series(1, %(leaders)s) n JOIN people_account a ON a.email = 'leader' || n || '@example.com';
INSERT INTO people_license (id, staff_id, kind, state, number, masters_level, issued_on, ended_why)
SELECT gen_random_uuid(), md5('staff' || n)::uuid, 'LADC', (%(states)s::text[])[1 + (n + k * 5) %% 12], 'B' || n || k,
    true, '2024-01-01', ''
FROM generate_series(1, %(leaders)s) n, generate_series(0, 2) k;
INSERT INTO placement_program (id, name, level, meeting_minutes, meetings_a_week, weeks, review_days, seats_intended,
    seats_limit, breaks, is_aftercare)
VALUES (md5('iop')::uuid, 'Telehealth IOP', 'IOP', 180, 3, 13, 30, 8, 10, '[]', false);
INSERT INTO placement_group (id, program_id, name, band, days, starts_at, time_zone, leader_id, opened_on)
SELECT md5('group' || n)::uuid, md5('iop')::uuid, 'Group ' || n, CASE n %% 2 WHEN 0 THEN 'morning' ELSE 'evening' END,
    CASE n / 2 %% 2 WHEN 0 THEN '{0,2,4}'::smallint[] ELSE '{1,3,5}'::smallint[] END,
    CASE n %% 2 WHEN 0 THEN '09:00'::time ELSE '18:00'::time END, 'America/Chicago',
    md5('staff' || 1 + (n - 1) / 4)::uuid, '2025-01-01'
FROM generate_series(1, %(groups)s) n;
INSERT INTO placement_chair (id, group_id, number)
SELECT md5('chair' || n || '.' || c)::uuid, md5('group' || n)::uuid, c
FROM generate_series(1, %(groups)s) n, generate_series(1, 10) c;
INSERT INTO timetable_session (id, group_id, leader_id, starts_at, ends_at, service_date, cancelled_why)
SELECT gen_random_uuid(), g.id, g.leader_id, at, at + interval '3 hours', (at AT TIME ZONE 'America/Chicago')::date, ''
FROM placement_group g, unnest(g.days) day, generate_series(-13, 13) week,
    LATERAL (SELECT ((date_trunc('week', now())::date + week * 7 + day) + g.starts_at) AT TIME ZONE 'America/Chicago') s(at);
INSERT INTO people_patient (id, first_name, last_name, chosen_name, date_of_birth, phone, email, language, time_zone,
    address_line, city, state, postal_code, emergency_contact_name, emergency_contact_phone, safe_contact_note, created_at)
SELECT md5('patient' || n)::uuid, 'Bulk' || n, 'Example' || n %% 5000, '', '1980-01-01', %(number)s, '',
    CASE n %% 20 WHEN 0 THEN 'es' ELSE 'en' END, 'America/Chicago', '', '', (%(states)s::text[])[1 + n %% 12], '', '', '', '',
    now()
FROM generate_series(1, %(people)s) n;
INSERT INTO admissions_episode (id, patient_id, status, came_from, came_from_name, referred_by, bands, days_away,
    planned_at, end_note)
SELECT md5('episode' || n)::uuid, md5('patient' || n)::uuid, CASE WHEN n <= %(waiting)s THEN 'planned' ELSE 'active' END,
    'direct', '', '', CASE n %% 3 WHEN 0 THEN '{morning}' WHEN 1 THEN '{evening}' ELSE '{morning,evening}' END::varchar[],
    CASE n %% 4 WHEN 0 THEN '{5}' WHEN 1 THEN '{2}' ELSE '{}' END::smallint[], now() - n %% 90 * interval '1 day', ''
FROM generate_series(1, %(people)s) n;
INSERT INTO placement_seat (id, episode_id, patient_id, group_id, chair_id, starts_at, ends_at, offered_at, held_until,
    accepted_at, released_why, end_reason, end_note)
SELECT gen_random_uuid(), md5('episode' || n)::uuid, md5('patient' || n)::uuid, md5('group' || g)::uuid,
    md5('chair' || g || '.' || c)::uuid, now() - n %% 80 * interval '1 day', now() + (5 + n %% 80) * interval '1 day',
    now() - interval '90 days', now() - interval '88 days', now() - interval '89 days', '', '', ''
FROM generate_series(1, %(groups)s) g, generate_series(1, 10) c,
    LATERAL (SELECT %(waiting)s + (g - 1) * 10 + c) s(n)
WHERE (c <= 7 + g %% 2 OR g %% 5 = 0) AND n <= %(people)s;
UPDATE people_patient p SET state = (%(states)s::text[])[1 + (1 + (l.n - 1) / 4 + (l.n + l.c) %% 3 * 5) %% 12]
FROM (
    SELECT patient_id, substr(g.name, 7)::int n, c.number c FROM placement_seat s
    JOIN placement_group g ON g.id = s.group_id JOIN placement_chair c ON c.id = s.chair_id
) l
WHERE p.id = l.patient_id AND (l.n * 3 + l.c) %% 1000 > 0;
UPDATE people_license SET expires_on = now()::date + (substr(number, 2)::bigint %% 60)::int WHERE substr(number, 2)::bigint %% 400 = 1;
INSERT INTO placement_waiting (id, episode_id, since, urgency, reasons, put_by_id, set_why)
SELECT gen_random_uuid(), md5('episode' || n)::uuid, now() - n %% 90 * interval '1 day', 1 + n %% 3, '{}', md5('staff1')::uuid, ''
FROM generate_series(1, %(waiting)s) n WHERE n %% 10 > 0;
UPDATE admissions_episode e SET status = 'waitlist' FROM placement_waiting w WHERE w.episode_id = e.id;
INSERT INTO placement_pair (id, one_id, other_id, apart, kind, reason, entered_by_id, entered_at)
SELECT gen_random_uuid(), least(a, b), greatest(a, b), n %% 2 = 0, 'conflict', '', md5('staff1')::uuid, now()
FROM generate_series(1, %(people)s - 20, 20) n,
    LATERAL (SELECT md5('patient' || n)::uuid, md5('patient' || n + 13)::uuid) p(a, b);
INSERT INTO admissions_inquiry (id, name, phone, best_time, leave_message, language, came_by, note, asked_at, status, came_from,
    court_or_dui, patient_id, closed_at, close_reason)
SELECT gen_random_uuid(), 'Bulk' || n, %(asker)s, 'now', 'no', 'en', 'web', '', now() - n %% 95 * interval '1 day',
    'admitted', '', false, md5('patient' || n)::uuid, now() - n %% 90 * interval '1 day', ''
FROM generate_series(1, %(people)s) n;
INSERT INTO admissions_inquiry (id, name, phone, best_time, leave_message, language, came_by, note, asked_at, status, came_from,
    court_or_dui, close_reason)
SELECT gen_random_uuid(), 'Asks' || n, %(asker)s, 'now', 'no', 'en', 'web', '', now() - n * interval '20 minutes',
    (ARRAY['new', 'contacted', 'screened'])[1 + n %% 3], '', false, ''
FROM generate_series(1, 300) n;
INSERT INTO timetable_absence (id, staff_id, starts_at, ends_at, made_at, made_by_id)
SELECT gen_random_uuid(), md5('staff' || n)::uuid, now() + n %% 40 * interval '1 day', now() + (2 + n %% 40) * interval '1 day',
    now(), md5('staff' || n)::uuid
FROM generate_series(1, %(leaders)s, 50) n;
-- The groups of the last week, each with its attendance and its signed note. Of forty words a part has ten, and one
-- of a thousand others.
INSERT INTO attendance_attendance (id, session_id, patient_id, seat_id, status, stays, minutes, computed_at,
    confirmed_minutes, correction_reason, confirmed_at, confirmed_by_id, sealed_at)
SELECT gen_random_uuid(), s.id, p.patient_id, p.id, 'present', '[]', 160, s.ends_at, 160, '', s.ends_at, s.leader_id,
    s.ends_at
FROM timetable_session s JOIN placement_seat p ON p.group_id = s.group_id AND p.starts_at <= s.starts_at
WHERE s.ends_at BETWEEN now() - interval '7 days' AND now() AND p.ends_at > s.starts_at;
INSERT INTO chart_groupnote (id, session_id, author_id, topic, interventions, shared_words, opened_at, saved_at, due_at,
    signed_at, signed_as, attestation, digest, format)
SELECT md5('note' || s.id)::uuid, s.id, s.leader_id, 'Cravings', '{}', 'Practiced urge surfing.', s.ends_at, s.ends_at,
    s.ends_at + interval '1 day', s.ends_at, 'Counsel Number, LADC', '', repeat('0', 64), ''
FROM timetable_session s WHERE EXISTS (SELECT FROM attendance_attendance a WHERE a.session_id = s.id);
INSERT INTO chart_notepart (id, note_id, patient_id, attendance_id, took_part, response, safety, plan, words, absent,
    absent_reason, minutes, signed_as, method, attestation, digest)
SELECT gen_random_uuid(), md5('note' || a.session_id)::uuid, a.patient_id, a.id, '{}', '{}', '{}', '{}',
    'Spoke of ' || (SELECT string_agg((string_to_array('work home sleep anger family money friends pain walking cooking '
        'music running writing church meeting sponsor brother sister mother father evening morning weekend holiday bar '
        'beer wine boredom loneliness hope shame guilt trust doctor medicine court license driving garden dog', ' '))
        [1 + abs(hashtext(a.id::text || k) %% 40)], ', ') FROM generate_series(1, 10) k)
        || '. Called it number' || abs(hashtext(a.id::text) %% 1000) || '.', false, '', 160, '', '', '', ''
FROM attendance_attendance a
