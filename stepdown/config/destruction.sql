-- Made by `./manage.py destruction_sql`; see docs/adr/0015. Put in place with the grants.

-- What is held of a person, or of a stranger whose record begins with that row: class, model, rows, from when to when.
-- Counts what the role of the processes sees none of.
CREATE OR REPLACE FUNCTION privacy_held(whose uuid)
RETURNS TABLE (record_class text, model text, held bigint, first timestamptz, last timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $held$
SELECT found.* FROM (
SELECT 'counseling_notes', 'chart.CounselingNote', count(*), min(least("written_at"::timestamptz, "saved_at"::timestamptz)), max(greatest("written_at"::timestamptz, "saved_at"::timestamptz))
FROM chart_counselingnote WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.Addendum', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_addendum WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.CoSignature', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_cosignature WHERE "id" IN (SELECT "id" FROM chart_cosignature WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_cosignature WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'chart.ContactAddendum', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_contactaddendum WHERE "note_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.LateNote', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_latenote WHERE "id" IN (SELECT "id" FROM chart_latenote WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_latenote WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'chart.NoteVoid', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_notevoid WHERE "id" IN (SELECT "id" FROM chart_notevoid WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_notevoid WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'chart.SentBack', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_sentback WHERE "id" IN (SELECT "id" FROM chart_sentback WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_sentback WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'chart.DeadlineMove', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_deadlinemove WHERE "deadline_id" IN (SELECT "id" FROM chart_deadline WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'chart.Diagnosis', count(*), min("recorded_at"::timestamptz), max("recorded_at"::timestamptz)
FROM chart_diagnosis WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.DrugTestResult', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_drugtestresult WHERE "test_id" IN (SELECT "id" FROM chart_drugtest WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.DrugTestTalk', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_drugtesttalk WHERE "test_id" IN (SELECT "id" FROM chart_drugtest WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.DrugTestSchedule', count(*), min("made_at"::timestamptz), max("made_at"::timestamptz)
FROM chart_drugtestschedule WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.HomeworkOf', count(*), NULL::timestamptz, NULL::timestamptz
FROM chart_homeworkof WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.MissedSession', count(*), min("noticed_at"::timestamptz), max("noticed_at"::timestamptz)
FROM chart_missedsession WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.SavedText', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_savedtext WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.Progress', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_progress WHERE "objective_id" IN (SELECT "id" FROM chart_objective WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'chart.PlanAnswer', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_plananswer WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.ReturnAddendum', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_returnaddendum WHERE "event_id" IN (SELECT "id" FROM chart_returntouse WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.ReturnResponse', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_returnresponse WHERE "event_id" IN (SELECT "id" FROM chart_returntouse WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.SafetyPlan', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_safetyplan WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'measures.Scoring', count(*), min("scored_at"::timestamptz), max("scored_at"::timestamptz)
FROM measures_scoring WHERE "administration_id" IN (SELECT "id" FROM measures_administration WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'measures.WorkItem', count(*), min("raised_at"::timestamptz), max("raised_at"::timestamptz)
FROM measures_workitem WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'measures.CheckIn', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM measures_checkin WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'privacy.Part2Decision', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM privacy_part2decision WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.ContactNote', count(*), min(least("begun_at"::timestamptz, "saved_at"::timestamptz)), max(greatest("begun_at"::timestamptz, "saved_at"::timestamptz))
FROM chart_contactnote WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.Deadline', count(*), min("made_at"::timestamptz), max("made_at"::timestamptz)
FROM chart_deadline WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.DrugTest', count(*), min("notice_at"::timestamptz), max("notice_at"::timestamptz)
FROM chart_drugtest WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.NotePart', count(*), NULL::timestamptz, NULL::timestamptz
FROM chart_notepart WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.ReturnToUse', count(*), min("recorded_at"::timestamptz), max("recorded_at"::timestamptz)
FROM chart_returntouse WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'measures.Administration', count(*), min("assigned_at"::timestamptz), max("assigned_at"::timestamptz)
FROM measures_administration WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'outreach.Concern', count(*), min("told_at"::timestamptz), max("told_at"::timestamptz)
FROM outreach_concern WHERE "id" IN (SELECT "id" FROM outreach_concern WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_concern WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM outreach_concern WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_concern WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose))
UNION ALL
SELECT 'clinical', 'privacy.ReceivedRecord', count(*), min("put_in_at"::timestamptz), max("put_in_at"::timestamptz)
FROM privacy_receivedrecord WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.WelfareStep', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM chart_welfarestep WHERE "missed_id" IN (SELECT "id" FROM chart_missed WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.Objective', count(*), NULL::timestamptz, NULL::timestamptz
FROM chart_objective WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'clinical', 'chart.Missed', count(*), min("noticed_at"::timestamptz), max("noticed_at"::timestamptz)
FROM chart_missed WHERE "patient_id" = whose
UNION ALL
SELECT 'clinical', 'chart.PlanVersion', count(*), min(least("begun_at"::timestamptz, "saved_at"::timestamptz)), max(greatest("begun_at"::timestamptz, "saved_at"::timestamptz))
FROM chart_planversion WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'admissions.Danger', count(*), min("noted_at"::timestamptz), max("noted_at"::timestamptz)
FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose))
UNION ALL
SELECT 'care', 'admissions.Call', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM admissions_call WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'admissions.LevelStay', count(*), NULL::timestamptz, NULL::timestamptz
FROM admissions_levelstay WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'placement.Skip', count(*), min("skipped_at"::timestamptz), max("skipped_at"::timestamptz)
FROM placement_skip WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'placement.Waiting', count(*), NULL::timestamptz, NULL::timestamptz
FROM placement_waiting WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'placement.Wishes', count(*), NULL::timestamptz, NULL::timestamptz
FROM placement_wishes WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'transitions.Rating', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM transitions_rating WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'transitions.Transition', count(*), min("decided_at"::timestamptz), max("decided_at"::timestamptz)
FROM transitions_transition WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'attendance.Attendance', count(*), min("computed_at"::timestamptz), max("computed_at"::timestamptz)
FROM attendance_attendance WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.Admittance', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_admittance WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.Attempt', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_attempt WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.CalledBack', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_calledback WHERE "word_id" IN (SELECT "id" FROM live_privateword WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'live.DoorCheck', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_doorcheck WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.InboxEvent', count(*), min("received_at"::timestamptz), max("received_at"::timestamptz)
FROM live_inboxevent WHERE "join_id" IN (SELECT "id" FROM live_join WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'live.IncidentEntry', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_incidententry WHERE "incident_id" IN (SELECT "id" FROM live_incident WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'live.Knock', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_knock WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.LicenseOverride', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_licenseoverride WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.SideMember', count(*), min("since"::timestamptz), max("since"::timestamptz)
FROM live_sidemember WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.VisitAnswer', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_visitanswer WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'placement.Pair', count(*), min("entered_at"::timestamptz), max("entered_at"::timestamptz)
FROM placement_pair WHERE "id" IN (SELECT "id" FROM placement_pair WHERE "one_id" = whose UNION SELECT "id" FROM placement_pair WHERE "other_id" = whose)
UNION ALL
SELECT 'care', 'timetable.CannotCome', count(*), min("recorded_at"::timestamptz), max("recorded_at"::timestamptz)
FROM timetable_cannotcome WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'placement.Seat', count(*), min("offered_at"::timestamptz), max("offered_at"::timestamptz)
FROM placement_seat WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.PrivateWord', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_privateword WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.Join', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_join WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'live.Incident', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_incident WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'admissions.Episode', count(*), min(least("planned_at"::timestamptz, "ended_at"::timestamptz)), max(greatest("planned_at"::timestamptz, "ended_at"::timestamptz))
FROM admissions_episode WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'admissions.Assessment', count(*), min(least("started_at"::timestamptz, "saved_at"::timestamptz)), max(greatest("started_at"::timestamptz, "saved_at"::timestamptz))
FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose)
UNION ALL
SELECT 'care', 'admissions.Inquiry', count(*), min("asked_at"::timestamptz), max("asked_at"::timestamptz)
FROM admissions_inquiry WHERE "patient_id" = whose
UNION ALL
SELECT 'care', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose)
UNION ALL
SELECT 'accounting', 'privacy.AskedAbout', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM privacy_askedabout WHERE "patient_id" = whose
UNION ALL
SELECT 'accounting', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM privacy_askedabout WHERE "patient_id" = whose)
UNION ALL
SELECT 'accounting', 'privacy.Emergency', count(*), min(least("opened_at"::timestamptz, "closed_at"::timestamptz)), max(greatest("opened_at"::timestamptz, "closed_at"::timestamptz))
FROM privacy_emergency WHERE "patient_id" = whose
UNION ALL
SELECT 'accounting', 'privacy.RefusedDisclosure', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM privacy_refuseddisclosure WHERE "patient_id" = whose
UNION ALL
SELECT 'accounting', 'privacy.Disclosure', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM privacy_disclosure WHERE "patient_id" = whose
UNION ALL
SELECT 'accounting', 'privacy.Packet', count(*), min(least("prepared_at"::timestamptz, "sent_at"::timestamptz, "cancelled_at"::timestamptz)), max(greatest("prepared_at"::timestamptz, "sent_at"::timestamptz, "cancelled_at"::timestamptz))
FROM privacy_packet WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.Affected', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_affected WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.AuditedPatient', count(*), min("named_at"::timestamptz), max("named_at"::timestamptz)
FROM privacy_auditedpatient WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.ParentSignature', count(*), min("signed_at"::timestamptz), max("signed_at"::timestamptz)
FROM privacy_parentsignature WHERE "parent_id" IN (SELECT "id" FROM privacy_parent WHERE "patient_id" = whose)
UNION ALL
SELECT 'hipaa_doc', 'privacy.ConsentEvent', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM privacy_consentevent WHERE "consent_id" IN (SELECT "id" FROM privacy_sharingconsent WHERE "patient_id" = whose)
UNION ALL
SELECT 'hipaa_doc', 'privacy.ConsentRefusal', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM privacy_consentrefusal WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.EmergencyAccess', count(*), min(least("opened_at"::timestamptz, "judged_at"::timestamptz)), max(greatest("opened_at"::timestamptz, "judged_at"::timestamptz))
FROM privacy_emergencyaccess WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.NamedFor', count(*), min("named_at"::timestamptz), max("named_at"::timestamptz)
FROM privacy_namedfor WHERE "restriction_id" IN (SELECT "id" FROM privacy_restriction WHERE "patient_id" = whose)
UNION ALL
SELECT 'hipaa_doc', 'privacy.NoticeDelivery', count(*), min(least("given_at"::timestamptz, "recorded_at"::timestamptz)), max(greatest("given_at"::timestamptz, "recorded_at"::timestamptz))
FROM privacy_noticedelivery WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.PrivacyTask', count(*), min(least("opened_at"::timestamptz, "done_at"::timestamptz)), max(greatest("opened_at"::timestamptz, "done_at"::timestamptz))
FROM privacy_privacytask WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.SelfPayRestriction', count(*), min(least("asked_at"::timestamptz, "paid_at"::timestamptz, "ended_at"::timestamptz)), max(greatest("asked_at"::timestamptz, "paid_at"::timestamptz, "ended_at"::timestamptz))
FROM privacy_selfpayrestriction WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.Consent', count(*), min(least("signed_at"::timestamptz, "revoked_at"::timestamptz)), max(greatest("signed_at"::timestamptz, "revoked_at"::timestamptz))
FROM privacy_consent WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.Parent', count(*), min("named_at"::timestamptz), max("named_at"::timestamptz)
FROM privacy_parent WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.Restriction', count(*), min(least("set_at"::timestamptz, "lifted_at"::timestamptz)), max(greatest("set_at"::timestamptz, "lifted_at"::timestamptz))
FROM privacy_restriction WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.SharingConsent', count(*), min(least("prepared_at"::timestamptz, "signed_at"::timestamptz, "expires_on"::timestamptz)), max(greatest("prepared_at"::timestamptz, "signed_at"::timestamptz, "expires_on"::timestamptz))
FROM privacy_sharingconsent WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.RightsRequest', count(*), min(least("asked_at"::timestamptz, "answered_at"::timestamptz)), max(greatest("asked_at"::timestamptz, "answered_at"::timestamptz))
FROM privacy_rightsrequest WHERE "patient_id" = whose
UNION ALL
SELECT 'hipaa_doc', 'privacy.Recipient', count(*), min("created_at"::timestamptz), max("created_at"::timestamptz)
FROM privacy_recipient WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'outreach.Message', count(*), min("created_at"::timestamptz), max("created_at"::timestamptz)
FROM outreach_message WHERE "id" IN (SELECT "id" FROM outreach_message WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_message WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose))
UNION ALL
SELECT 'person', 'people.Device', count(*), min(least("created_at"::timestamptz, "last_seen_at"::timestamptz)), max(greatest("created_at"::timestamptz, "last_seen_at"::timestamptz))
FROM people_device WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'people.PersonalLink', count(*), min("created_at"::timestamptz), max("created_at"::timestamptz)
FROM people_personallink WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'privacy.DueRecord', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_duerecord WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'timetable.CalendarLink', count(*), min("created_at"::timestamptz), max("created_at"::timestamptz)
FROM timetable_calendarlink WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'people.SupporterBrowser', count(*), min("proved_at"::timestamptz), max("proved_at"::timestamptz)
FROM people_supporterbrowser WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose)
UNION ALL
SELECT 'person', 'people.EntryCode', count(*), min("sent_at"::timestamptz), max("sent_at"::timestamptz)
FROM people_entrycode WHERE "id" IN (SELECT "id" FROM people_entrycode WHERE "patient_id" = whose UNION SELECT "id" FROM people_entrycode WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose))
UNION ALL
SELECT 'person', 'people.Supporter', count(*), min("invited_at"::timestamptz), max("invited_at"::timestamptz)
FROM people_supporter WHERE "patient_id" = whose
UNION ALL
SELECT 'person', 'people.Patient', count(*), min("created_at"::timestamptz), max("created_at"::timestamptz)
FROM people_patient WHERE "id" = whose
UNION ALL
SELECT 'inquiries', 'admissions.Danger', count(*), min(least("noted_at"::timestamptz, "done_at"::timestamptz)), max(greatest("noted_at"::timestamptz, "done_at"::timestamptz))
FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" = whose) AND EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'inquiries', 'admissions.Call', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM admissions_call WHERE "inquiry_id" = whose AND EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'inquiries', 'admissions.Assessment', count(*), min(least("started_at"::timestamptz, "saved_at"::timestamptz, "decided_at"::timestamptz)), max(greatest("started_at"::timestamptz, "saved_at"::timestamptz, "decided_at"::timestamptz))
FROM admissions_assessment WHERE "inquiry_id" = whose AND EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'inquiries', 'admissions.Inquiry', count(*), min(least("asked_at"::timestamptz, "closed_at"::timestamptz)), max(greatest("asked_at"::timestamptz, "closed_at"::timestamptz))
FROM admissions_inquiry WHERE "id" = whose AND EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'inquiries', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM admissions_inquiry WHERE "id" = whose) AND EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'concerns', 'outreach.Concern', count(*), min(least("told_at"::timestamptz, "closed_at"::timestamptz)), max(greatest("told_at"::timestamptz, "closed_at"::timestamptz))
FROM outreach_concern WHERE "id" = whose AND EXISTS (SELECT FROM outreach_concern WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'concerns', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM outreach_concern WHERE "id" = whose) AND EXISTS (SELECT FROM outreach_concern WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'questions', 'privacy.AskedAbout', count(*), min(least("at"::timestamptz, "done_at"::timestamptz)), max(greatest("at"::timestamptz, "done_at"::timestamptz))
FROM privacy_askedabout WHERE "id" = whose AND EXISTS (SELECT FROM privacy_askedabout WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'questions', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM privacy_askedabout WHERE "id" = whose) AND EXISTS (SELECT FROM privacy_askedabout WHERE id = whose AND "patient_id" IS NULL)
UNION ALL
SELECT 'guests', 'live.InboxEvent', count(*), min("received_at"::timestamptz), max("received_at"::timestamptz)
FROM live_inboxevent WHERE "join_id" IN (SELECT "id" FROM live_join WHERE "visit_id" = whose) AND EXISTS (SELECT FROM live_visit WHERE id = whose AND "staff_id" IS NULL)
UNION ALL
SELECT 'guests', 'live.Join', count(*), min("at"::timestamptz), max("at"::timestamptz)
FROM live_join WHERE "visit_id" = whose AND EXISTS (SELECT FROM live_visit WHERE id = whose AND "staff_id" IS NULL)
UNION ALL
SELECT 'guests', 'live.Visit', count(*), min(least("at"::timestamptz, "let_in_at"::timestamptz, "out_at"::timestamptz)), max(greatest("at"::timestamptz, "let_in_at"::timestamptz, "out_at"::timestamptz))
FROM live_visit WHERE "id" = whose AND EXISTS (SELECT FROM live_visit WHERE id = whose AND "staff_id" IS NULL)
UNION ALL
SELECT 'guests', 'privacy.LegalHold', count(*), NULL::timestamptz, NULL::timestamptz
FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM live_visit WHERE "id" = whose) AND EXISTS (SELECT FROM live_visit WHERE id = whose AND "staff_id" IS NULL)
) found (record_class, model, held, first, last) WHERE found.held > 0
$held$;

-- Destroys what somebody proposed and another person approves, with every earlier state of it. Owned by the owner of
-- the tables, so it may do what the role of the processes may not; so it looks for itself whether all is as it must be.
CREATE OR REPLACE FUNCTION privacy_destroy(proposal uuid, approver uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $destroy$
DECLARE
    asked privacy_destruction;
    whose uuid;
    made uuid := gen_random_uuid();
    n bigint;
    counted jsonb := '{}';
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
    IF asked.record_class = 'inquiries' THEN
        PERFORM id FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" = whose) FOR UPDATE;
        PERFORM id FROM admissions_call WHERE "inquiry_id" = whose FOR UPDATE;
        PERFORM id FROM admissions_assessment WHERE "inquiry_id" = whose FOR UPDATE;
        PERFORM id FROM admissions_inquiry WHERE "id" = whose FOR UPDATE;  -- nobody becomes a patient, and nothing is added, meanwhile
        IF NOT EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "patient_id" IS NULL) THEN
            RAISE EXCEPTION 'This has led to a patient since, or is not there any more.';
        END IF;
        IF EXISTS (SELECT FROM admissions_inquiry WHERE id = whose AND "closed_at" IS NULL) THEN
            RAISE EXCEPTION 'This is not done with yet.';
        END IF;
    END IF;
    IF asked.record_class = 'concerns' THEN
        PERFORM id FROM outreach_concern WHERE "id" = whose FOR UPDATE;  -- nobody becomes a patient, and nothing is added, meanwhile
        IF NOT EXISTS (SELECT FROM outreach_concern WHERE id = whose AND "patient_id" IS NULL) THEN
            RAISE EXCEPTION 'This has led to a patient since, or is not there any more.';
        END IF;
        IF EXISTS (SELECT FROM outreach_concern WHERE id = whose AND "closed_at" IS NULL) THEN
            RAISE EXCEPTION 'This is not done with yet.';
        END IF;
    END IF;
    IF asked.record_class = 'questions' THEN
        PERFORM id FROM privacy_askedabout WHERE "id" = whose FOR UPDATE;  -- nobody becomes a patient, and nothing is added, meanwhile
        IF NOT EXISTS (SELECT FROM privacy_askedabout WHERE id = whose AND "patient_id" IS NULL) THEN
            RAISE EXCEPTION 'This has led to a patient since, or is not there any more.';
        END IF;
        IF EXISTS (SELECT FROM privacy_askedabout WHERE id = whose AND "for_officer" AND "done_at" IS NULL) THEN
            RAISE EXCEPTION 'This is not done with yet.';
        END IF;
    END IF;
    IF asked.record_class = 'guests' THEN
        PERFORM id FROM live_inboxevent WHERE "join_id" IN (SELECT "id" FROM live_join WHERE "visit_id" = whose) FOR UPDATE;
        PERFORM id FROM live_join WHERE "visit_id" = whose FOR UPDATE;
        PERFORM id FROM live_visit WHERE "id" = whose FOR UPDATE;  -- nobody becomes a patient, and nothing is added, meanwhile
        IF NOT EXISTS (SELECT FROM live_visit WHERE id = whose AND "staff_id" IS NULL) THEN
            RAISE EXCEPTION 'This has led to a patient since, or is not there any more.';
        END IF;
    END IF;
    SELECT min(first) AS first, max(last) AS last INTO of_all FROM privacy_held(whose);
    IF EXISTS (
        SELECT FROM privacy_legalhold hold
        WHERE lifted_at IS NULL AND (
            patient_id = whose OR stranger = whose OR stranger IN (SELECT id FROM admissions_inquiry WHERE patient_id = whose UNION SELECT id FROM outreach_concern WHERE patient_id = whose UNION SELECT id FROM privacy_askedabout WHERE patient_id = whose)
            OR patient_id IS NULL AND stranger IS NULL
            AND daterange(begins_on, ends_on, '[]') && daterange(of_all.first::date - 1, of_all.last::date + 1, '[]')
        )
    ) THEN
        RAISE EXCEPTION 'A legal hold stands. Nothing of this record is destroyed.';
    END IF;
    SELECT min(first), max(last) INTO begins, ends FROM privacy_held(whose) WHERE record_class = asked.record_class;
    IF asked.record_class = 'accounting' AND ends > now() - interval '6 years' + interval '1 day' THEN
        RAISE EXCEPTION 'The law keeps this for 6 years from the last entry.';
    END IF;
    IF asked.record_class = 'hipaa_doc' AND ends > now() - interval '6 years' + interval '1 day' THEN
        RAISE EXCEPTION 'The law keeps this for 6 years from the last entry.';
    END IF;
    IF asked.record_class = 'inquiries' AND ends > now() + interval '1 day' - make_interval(years => coalesce(
        (SELECT years FROM privacy_retentionpolicy WHERE record_class = 'inquiries' ORDER BY set_at DESC LIMIT 1),
        7
    )) THEN
        RAISE EXCEPTION 'By the rule that counts now this is not due yet.';
    END IF;
    IF asked.record_class = 'concerns' AND ends > now() + interval '1 day' - make_interval(years => coalesce(
        (SELECT years FROM privacy_retentionpolicy WHERE record_class = 'concerns' ORDER BY set_at DESC LIMIT 1),
        7
    )) THEN
        RAISE EXCEPTION 'By the rule that counts now this is not due yet.';
    END IF;
    IF asked.record_class = 'questions' AND ends > now() + interval '1 day' - make_interval(years => coalesce(
        (SELECT years FROM privacy_retentionpolicy WHERE record_class = 'questions' ORDER BY set_at DESC LIMIT 1),
        6
    )) THEN
        RAISE EXCEPTION 'By the rule that counts now this is not due yet.';
    END IF;
    IF asked.record_class = 'guests' AND ends > now() + interval '1 day' - make_interval(years => coalesce(
        (SELECT years FROM privacy_retentionpolicy WHERE record_class = 'guests' ORDER BY set_at DESC LIMIT 1),
        10
    )) THEN
        RAISE EXCEPTION 'By the rule that counts now this is not due yet.';
    END IF;
    INSERT INTO privacy_destructioncertificate (
        id, destruction_id, at, record_class, counts, states, first_on, last_on, method, approved_by_id, xact
    ) VALUES (
        made, asked.id, now(), asked.record_class, '{}', 0, (begins AT TIME ZONE zone)::date,
        (ends AT TIME ZONE zone)::date, asked.method, approver,
        pg_current_xact_id()::text
    );
    PERFORM set_config('stepdown.destroys', 'on', true);
    IF asked.record_class = 'counseling_notes' THEN
        DELETE FROM chart_counselingnote WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.CounselingNote', n); END IF;
    END IF;
    IF asked.record_class = 'clinical' THEN
        DELETE FROM chart_addendum WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.Addendum', n); END IF;
        DELETE FROM chart_cosignature WHERE "id" IN (SELECT "id" FROM chart_cosignature WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_notepartevent WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_cosignature WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_contactnoteevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.CoSignature', n); END IF;
        DELETE FROM chart_contactaddendum WHERE "note_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_contactnoteevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.ContactAddendum', n); END IF;
        DELETE FROM chart_latenote WHERE "id" IN (SELECT "id" FROM chart_latenote WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_notepartevent WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_latenote WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_contactnoteevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.LateNote', n); END IF;
        DELETE FROM chart_notevoid WHERE "id" IN (SELECT "id" FROM chart_notevoid WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_notepartevent WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_notevoid WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_contactnoteevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.NoteVoid', n); END IF;
        DELETE FROM chart_sentback WHERE "id" IN (SELECT "id" FROM chart_sentback WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_notepartevent WHERE "patient_id" = whose) UNION SELECT "id" FROM chart_sentback WHERE "contact_id" IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_contactnoteevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.SentBack', n); END IF;
        DELETE FROM chart_deadlinemove WHERE "deadline_id" IN (SELECT "id" FROM chart_deadline WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM chart_deadlineevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.DeadlineMove', n); END IF;
        DELETE FROM chart_diagnosis WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.Diagnosis', n); END IF;
        DELETE FROM chart_drugtestresult WHERE "test_id" IN (SELECT "id" FROM chart_drugtest WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.DrugTestResult', n); END IF;
        DELETE FROM chart_drugtesttalk WHERE "test_id" IN (SELECT "id" FROM chart_drugtest WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.DrugTestTalk', n); END IF;
        DELETE FROM chart_drugtestschedule WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.DrugTestSchedule', n); END IF;
        DELETE FROM chart_homeworkofevent WHERE pgh_obj_id IN (SELECT "id" FROM chart_homeworkof WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_homeworkofevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM chart_homeworkof WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.HomeworkOf', n); END IF;
        DELETE FROM chart_missedsession WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.MissedSession', n); END IF;
        DELETE FROM chart_savedtext WHERE "part_id" IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_notepartevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.SavedText', n); END IF;
        DELETE FROM chart_progress WHERE "objective_id" IN (SELECT "id" FROM chart_objective WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM chart_objectiveevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.Progress', n); END IF;
        DELETE FROM chart_plananswer WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.PlanAnswer', n); END IF;
        DELETE FROM chart_returnaddendum WHERE "event_id" IN (SELECT "id" FROM chart_returntouse WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.ReturnAddendum', n); END IF;
        DELETE FROM chart_returnresponse WHERE "event_id" IN (SELECT "id" FROM chart_returntouse WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.ReturnResponse', n); END IF;
        DELETE FROM chart_safetyplan WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.SafetyPlan', n); END IF;
        DELETE FROM measures_scoring WHERE "administration_id" IN (SELECT "id" FROM measures_administration WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM measures_administrationevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('measures.Scoring', n); END IF;
        DELETE FROM measures_workitemevent WHERE pgh_obj_id IN (SELECT "id" FROM measures_workitem WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM measures_workitemevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM measures_workitem WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('measures.WorkItem', n); END IF;
        DELETE FROM measures_checkin WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('measures.CheckIn', n); END IF;
        DELETE FROM privacy_part2decision WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Part2Decision', n); END IF;
        DELETE FROM chart_contactnoteevent WHERE pgh_obj_id IN (SELECT "id" FROM chart_contactnote WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_contactnoteevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM chart_contactnote WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.ContactNote', n); END IF;
        DELETE FROM chart_deadlineevent WHERE pgh_obj_id IN (SELECT "id" FROM chart_deadline WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM chart_deadlineevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM chart_deadline WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.Deadline', n); END IF;
        DELETE FROM chart_drugtest WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.DrugTest', n); END IF;
        DELETE FROM chart_notepartevent WHERE pgh_obj_id IN (SELECT "id" FROM chart_notepart WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM chart_notepartevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM chart_notepart WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.NotePart', n); END IF;
        DELETE FROM chart_returntouse WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.ReturnToUse', n); END IF;
        DELETE FROM measures_administrationevent WHERE pgh_obj_id IN (SELECT "id" FROM measures_administration WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM measures_administrationevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM measures_administration WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('measures.Administration', n); END IF;
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM outreach_concern WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_concern WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM outreach_concernevent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM outreach_concernevent WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM outreach_concern WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_concern WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM outreach_concernevent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM outreach_concernevent WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM outreach_concernevent WHERE pgh_obj_id IN (SELECT "id" FROM outreach_concern WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_concern WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM outreach_concernevent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM outreach_concernevent WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM outreach_concern WHERE "id" IN (SELECT "id" FROM outreach_concern WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_concern WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('outreach.Concern', n); END IF;
        DELETE FROM privacy_receivedrecordevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_receivedrecord WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_receivedrecordevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_receivedrecord WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.ReceivedRecord', n); END IF;
        DELETE FROM chart_welfarestep WHERE "missed_id" IN (SELECT "id" FROM chart_missed WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.WelfareStep', n); END IF;
        DELETE FROM chart_objectiveevent WHERE pgh_obj_id IN (SELECT "id" FROM chart_objective WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM chart_objectiveevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM chart_objective WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.Objective', n); END IF;
        DELETE FROM chart_missed WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.Missed', n); END IF;
        DELETE FROM chart_planversionevent WHERE pgh_obj_id IN (SELECT "id" FROM chart_planversion WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM chart_planversionevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM chart_planversion WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('chart.PlanVersion', n); END IF;
    END IF;
    IF asked.record_class = 'care' THEN
        DELETE FROM admissions_dangerevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose)) UNION SELECT pgh_obj_id FROM admissions_dangerevent WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose)));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Danger', n); END IF;
        DELETE FROM admissions_callevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_call WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM admissions_callevent WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_call WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Call', n); END IF;
        DELETE FROM admissions_levelstayevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_levelstay WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM admissions_levelstayevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_levelstay WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.LevelStay', n); END IF;
        DELETE FROM placement_skipevent WHERE pgh_obj_id IN (SELECT "id" FROM placement_skip WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM placement_skipevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM placement_skip WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('placement.Skip', n); END IF;
        DELETE FROM placement_waitingevent WHERE pgh_obj_id IN (SELECT "id" FROM placement_waiting WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM placement_waitingevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM placement_waiting WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('placement.Waiting', n); END IF;
        DELETE FROM placement_wishesevent WHERE pgh_obj_id IN (SELECT "id" FROM placement_wishes WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM placement_wishesevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM placement_wishes WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('placement.Wishes', n); END IF;
        DELETE FROM transitions_rating WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('transitions.Rating', n); END IF;
        DELETE FROM transitions_transitionevent WHERE pgh_obj_id IN (SELECT "id" FROM transitions_transition WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM transitions_transitionevent WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM transitions_transition WHERE "episode_id" IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('transitions.Transition', n); END IF;
        DELETE FROM attendance_attendanceevent WHERE pgh_obj_id IN (SELECT "id" FROM attendance_attendance WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM attendance_attendanceevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM attendance_attendance WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('attendance.Attendance', n); END IF;
        DELETE FROM live_admittance WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Admittance', n); END IF;
        DELETE FROM live_attempt WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Attempt', n); END IF;
        DELETE FROM live_calledback WHERE "word_id" IN (SELECT "id" FROM live_privateword WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.CalledBack', n); END IF;
        DELETE FROM live_doorcheck WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.DoorCheck', n); END IF;
        DELETE FROM live_inboxevent WHERE "join_id" IN (SELECT "id" FROM live_join WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.InboxEvent', n); END IF;
        DELETE FROM live_incidententry WHERE "incident_id" IN (SELECT "id" FROM live_incident WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.IncidentEntry', n); END IF;
        DELETE FROM live_knock WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Knock', n); END IF;
        DELETE FROM live_licenseoverride WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.LicenseOverride', n); END IF;
        DELETE FROM live_sidemember WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.SideMember', n); END IF;
        DELETE FROM live_visitanswer WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.VisitAnswer', n); END IF;
        DELETE FROM placement_pairevent WHERE pgh_obj_id IN (SELECT "id" FROM placement_pair WHERE "one_id" = whose UNION SELECT "id" FROM placement_pair WHERE "other_id" = whose UNION SELECT pgh_obj_id FROM placement_pairevent WHERE "one_id" = whose UNION SELECT pgh_obj_id FROM placement_pairevent WHERE "other_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM placement_pair WHERE "id" IN (SELECT "id" FROM placement_pair WHERE "one_id" = whose UNION SELECT "id" FROM placement_pair WHERE "other_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('placement.Pair', n); END IF;
        DELETE FROM timetable_cannotcomeevent WHERE pgh_obj_id IN (SELECT "id" FROM timetable_cannotcome WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM timetable_cannotcomeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM timetable_cannotcome WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('timetable.CannotCome', n); END IF;
        DELETE FROM placement_seatevent WHERE pgh_obj_id IN (SELECT "id" FROM placement_seat WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM placement_seatevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM placement_seat WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('placement.Seat', n); END IF;
        DELETE FROM live_privateword WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.PrivateWord', n); END IF;
        DELETE FROM live_join WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Join', n); END IF;
        DELETE FROM live_incident WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Incident', n); END IF;
        DELETE FROM admissions_episodeevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_episode WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_episodeevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_episode WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Episode', n); END IF;
        DELETE FROM admissions_assessmentevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_assessment WHERE "inquiry_id" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Assessment', n); END IF;
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM admissions_inquiryevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_inquiry WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM admissions_inquiryevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_inquiry WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Inquiry', n); END IF;
    END IF;
    IF asked.record_class = 'accounting' THEN
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM privacy_askedabout WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_askedaboutevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM privacy_askedabout WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_askedaboutevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM privacy_askedaboutevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_askedabout WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_askedaboutevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_askedabout WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.AskedAbout', n); END IF;
        DELETE FROM privacy_emergencyevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_emergency WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_emergencyevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_emergency WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Emergency', n); END IF;
        DELETE FROM privacy_refuseddisclosure WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.RefusedDisclosure', n); END IF;
        DELETE FROM privacy_disclosure WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Disclosure', n); END IF;
        DELETE FROM privacy_packetevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_packet WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_packetevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_packet WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Packet', n); END IF;
    END IF;
    IF asked.record_class = 'hipaa_doc' THEN
        DELETE FROM privacy_affectedevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_affected WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_affectedevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_affected WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Affected', n); END IF;
        DELETE FROM privacy_auditedpatientevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_auditedpatient WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_auditedpatientevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_auditedpatient WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.AuditedPatient', n); END IF;
        DELETE FROM privacy_parentsignature WHERE "parent_id" IN (SELECT "id" FROM privacy_parent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_parentevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.ParentSignature', n); END IF;
        DELETE FROM privacy_consentevent WHERE "consent_id" IN (SELECT "id" FROM privacy_sharingconsent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_sharingconsentevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.ConsentEvent', n); END IF;
        DELETE FROM privacy_consentrefusal WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.ConsentRefusal', n); END IF;
        DELETE FROM privacy_emergencyaccessevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_emergencyaccess WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_emergencyaccessevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_emergencyaccess WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.EmergencyAccess', n); END IF;
        DELETE FROM privacy_namedforevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_namedfor WHERE "restriction_id" IN (SELECT "id" FROM privacy_restriction WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_restrictionevent WHERE "patient_id" = whose) UNION SELECT pgh_obj_id FROM privacy_namedforevent WHERE "restriction_id" IN (SELECT "id" FROM privacy_restriction WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_restrictionevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_namedfor WHERE "restriction_id" IN (SELECT "id" FROM privacy_restriction WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_restrictionevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.NamedFor', n); END IF;
        DELETE FROM privacy_noticedelivery WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.NoticeDelivery', n); END IF;
        DELETE FROM privacy_privacytaskevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_privacytask WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_privacytaskevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_privacytask WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.PrivacyTask', n); END IF;
        DELETE FROM privacy_selfpayrestrictionevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_selfpayrestriction WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_selfpayrestrictionevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_selfpayrestriction WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.SelfPayRestriction', n); END IF;
        DELETE FROM privacy_consenthistory WHERE pgh_obj_id IN (SELECT "id" FROM privacy_consent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_consenthistory WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_consent WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Consent', n); END IF;
        DELETE FROM privacy_parentevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_parent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_parentevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_parent WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Parent', n); END IF;
        DELETE FROM privacy_restrictionevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_restriction WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_restrictionevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_restriction WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Restriction', n); END IF;
        DELETE FROM privacy_sharingconsentevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_sharingconsent WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_sharingconsentevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_sharingconsent WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.SharingConsent', n); END IF;
        DELETE FROM privacy_rightsrequestevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_rightsrequest WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_rightsrequestevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_rightsrequest WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.RightsRequest', n); END IF;
        DELETE FROM privacy_recipientevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_recipient WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_recipientevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_recipient WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.Recipient', n); END IF;
    END IF;
    IF asked.record_class = 'person' THEN
        DELETE FROM outreach_message WHERE "id" IN (SELECT "id" FROM outreach_message WHERE "patient_id" = whose UNION SELECT "id" FROM outreach_message WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('outreach.Message', n); END IF;
        DELETE FROM people_device WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('people.Device', n); END IF;
        DELETE FROM people_personallink WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('people.PersonalLink', n); END IF;
        DELETE FROM privacy_duerecord WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.DueRecord', n); END IF;
        DELETE FROM privacy_legalholdevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_legalhold WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM privacy_legalholdevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM timetable_calendarlink WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('timetable.CalendarLink', n); END IF;
        DELETE FROM people_supporterbrowser WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('people.SupporterBrowser', n); END IF;
        DELETE FROM people_entrycode WHERE "id" IN (SELECT "id" FROM people_entrycode WHERE "patient_id" = whose UNION SELECT "id" FROM people_entrycode WHERE "supporter_id" IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('people.EntryCode', n); END IF;
        DELETE FROM people_supporterevent WHERE pgh_obj_id IN (SELECT "id" FROM people_supporter WHERE "patient_id" = whose UNION SELECT pgh_obj_id FROM people_supporterevent WHERE "patient_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM people_supporter WHERE "patient_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('people.Supporter', n); END IF;
        DELETE FROM people_patientevent WHERE pgh_obj_id IN (SELECT "id" FROM people_patient WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM people_patient WHERE "id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('people.Patient', n); END IF;
    END IF;
    IF asked.record_class = 'inquiries' THEN
        DELETE FROM admissions_dangerevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" = whose UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" = whose) UNION SELECT pgh_obj_id FROM admissions_dangerevent WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" = whose UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" = whose));
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_danger WHERE "assessment_id" IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" = whose UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Danger', n); END IF;
        DELETE FROM admissions_callevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_call WHERE "inquiry_id" = whose UNION SELECT pgh_obj_id FROM admissions_callevent WHERE "inquiry_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_call WHERE "inquiry_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Call', n); END IF;
        DELETE FROM admissions_assessmentevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_assessment WHERE "inquiry_id" = whose UNION SELECT pgh_obj_id FROM admissions_assessmentevent WHERE "inquiry_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_assessment WHERE "inquiry_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Assessment', n); END IF;
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM admissions_inquiry WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM admissions_inquiry WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM admissions_inquiryevent WHERE pgh_obj_id IN (SELECT "id" FROM admissions_inquiry WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM admissions_inquiry WHERE "id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('admissions.Inquiry', n); END IF;
    END IF;
    IF asked.record_class = 'concerns' THEN
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM outreach_concern WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM outreach_concern WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM outreach_concernevent WHERE pgh_obj_id IN (SELECT "id" FROM outreach_concern WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM outreach_concern WHERE "id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('outreach.Concern', n); END IF;
    END IF;
    IF asked.record_class = 'questions' THEN
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM privacy_askedabout WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM privacy_askedabout WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM privacy_askedaboutevent WHERE pgh_obj_id IN (SELECT "id" FROM privacy_askedabout WHERE "id" = whose UNION SELECT whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_askedabout WHERE "id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.AskedAbout', n); END IF;
    END IF;
    IF asked.record_class = 'guests' THEN
        DELETE FROM live_inboxevent WHERE "join_id" IN (SELECT "id" FROM live_join WHERE "visit_id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.InboxEvent', n); END IF;
        DELETE FROM live_join WHERE "visit_id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Join', n); END IF;
        DELETE FROM privacy_legalholdevent WHERE "stranger" IN (SELECT "id" FROM live_visit WHERE "id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        stated := stated + n;
        DELETE FROM privacy_legalhold WHERE "stranger" IN (SELECT "id" FROM live_visit WHERE "id" = whose);
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('privacy.LegalHold', n); END IF;
        DELETE FROM live_visit WHERE "id" = whose;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN counted := counted || jsonb_build_object('live.Visit', n); END IF;
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    UPDATE privacy_destructioncertificate SET counts = counted, states = stated, xact = NULL WHERE id = made;
    PERFORM set_config('stepdown.destroys', '', true);
    UPDATE privacy_destruction SET ended_at = now(), ended_by_id = approver, outcome = 'destroyed' WHERE id = asked.id;
    RETURN made;
END
$destroy$;

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
