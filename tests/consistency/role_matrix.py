"""Who may open what: one row for every address of the product. `test_role_matrix.py` walks all of it.

To add a page: add its row to the part of its stage, with one of

    anyone()                           a public page
    nobody()                           for a machine that proves by a signature who it is
    guests()                           the guest of one session, in the browser that opened their link
    patients()                         the patient whose device it is
    supporters()                       whom that patient lets see something, on a browser that proved it
    accounts()                         staff, also before their second factor is set up
    staff("counselor", "director")     staff with one of these roles; staff() is every role

What the others then meet follows from that: a stranger is asked to sign in or to open their personal link, a patient
finds no staff page, staff of another role read whose page it is. When a permission says more than the role does, say
what that person meets: `staff("counselor", "director", counselor=FORBIDDEN)` or `MISSING` (out of their sight).

An address with a part in it (`<uuid:group_id>`) needs a maker of a real object in `role_objects.OBJECTS`, under the
part's name; when two stages use one name for different things, under "app:name part". It gets the World and gives the
part's value. `data` is what a POST sends; without it an empty form is sent, which a page that is open answers with 422.

Every page is asked by GET and by POST. Open means anything but a refusal, a broken page, or being sent to sign in.
"""

from dataclasses import dataclass, field
from typing import Any

from stepdown.people.models import Role

ROLES = tuple(Role.values)
PEOPLE = ("stranger", "patient", *ROLES, "guest", "supporter")
OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "asked to sign in", "forbidden", "not there"


@dataclass(frozen=True)
class Row:
    """meets: for each of PEOPLE, one of OPEN, SIGN_IN, FORBIDDEN, MISSING. data: what a POST sends."""

    meets: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)


def anyone(data: dict[str, Any] | None = None, **but: str) -> Row:
    return _row(dict.fromkeys(PEOPLE, OPEN) | but, data)


def guests(others: str) -> Row:
    return Row(dict.fromkeys(PEOPLE, others) | {"guest": OPEN})


def nobody() -> Row:
    """An address for a machine that proves itself otherwise."""
    return Row(dict.fromkeys(PEOPLE, FORBIDDEN))


def nowhere() -> Row:
    """An address that is there only in an installation with something these tests do without."""
    return Row(dict.fromkeys(PEOPLE, MISSING))


def _row(meets: dict[str, str], data: dict[str, Any] | None) -> Row:
    """A guest meets what a stranger does, and so does a supporter."""
    return Row(meets | {"guest": meets["stranger"], "supporter": meets["stranger"]}, data or {})


def supporters(data: dict[str, Any] | None = None) -> Row:
    return Row(dict.fromkeys(PEOPLE, MISSING) | {"supporter": OPEN}, data or {})


def patients(data: dict[str, Any] | None = None, **but: str) -> Row:
    return _row(dict.fromkeys(PEOPLE, FORBIDDEN) | {"patient": OPEN} | but, data)


def accounts(data: dict[str, Any] | None = None, **but: str) -> Row:
    return staff(data=data, **but)


def staff(*roles: str, data: dict[str, Any] | None = None, **but: str) -> Row:
    others = {"stranger": SIGN_IN, "patient": MISSING} | dict.fromkeys(ROLES, FORBIDDEN)
    return _row(others | dict.fromkeys(roles or ROLES, OPEN) | but, data)


def own_licenses() -> Row:
    """Licenses of a colleague: of others, administrators and directors see them only."""
    return staff("administrator", "director", admissions=MISSING, counselor=MISSING, biller=MISSING, privacy=MISSING)


def keeps_sharing() -> Row:
    return staff("counselor", "admissions", "privacy", "director")


ROWS: dict[str, Row] = {
    # -- ui
    "gallery": anyone(),
    # -- people: sign-in
    "account_login": anyone(),
    "mfa_authenticate": anyone(),
    "mfa_login_webauthn": anyone(),
    "directory_sign_in": nowhere(),
    "openid_connect_callback": nowhere(),
    "account_inactive": anyone(),
    "account_reset_password": anyone(),
    "account_reset_password_done": anyone(),
    "account_reset_password_from_key": anyone(),
    "account_reset_password_from_key_done": anyone(),
    "account_logout": accounts(),
    "account_reauthenticate": accounts(),
    "account_change_password": accounts(),
    "account_sessions": accounts(),
    "still_here": accounts(),
    "mfa_index": accounts(),
    "mfa_activate_totp": accounts(),
    "mfa_deactivate_totp": accounts(),
    "mfa_add_webauthn": accounts(),
    "mfa_remove_webauthn": accounts(),
    "mfa_view_recovery_codes": accounts(),
    "mfa_generate_recovery_codes": accounts(),
    "mfa_download_recovery_codes": accounts(),
    # -- people: who works here
    "people:people": staff("administrator"),
    "people:add": staff("administrator"),
    "people:import": staff("administrator"),
    "people:staff": staff("administrator"),
    "people:end": staff("administrator"),
    "people:sign_out": staff("administrator"),
    "people:reset_second_factor": staff("administrator"),
    "people:licenses": own_licenses(),
    "people:add_license": staff("administrator", "director"),
    "people:supervision": own_licenses(),
    "people:end_supervision": staff("administrator", "director"),
    "people:license": own_licenses(),
    "people:correct_license": staff("administrator", "director"),
    "people:renew_license": staff("administrator", "director"),
    "people:end_license": staff("administrator", "director"),
    "people:add_document": staff("administrator", "director"),
    "people:document": own_licenses(),
    "people:take_document_out": staff("administrator", "director"),
    # -- outreach: personal links
    "outreach:enter": anyone(),
    "outreach:code": anyone(),
    "outreach:my_devices": patients(),
    "outreach:reply": nobody(),
    "outreach:read": staff(),
    "outreach:patient_link": staff("admissions", "counselor", "director"),
    "outreach:contact_data": staff("admissions", "counselor", "director"),
    "outreach:new_link": staff("admissions", "counselor", "director"),
    "outreach:send_link": staff("admissions", "counselor", "director"),
    "outreach:stop_link": staff("admissions", "counselor", "director"),
    "outreach:end_device": staff("admissions", "counselor", "director"),
    # -- outreach: who is worried
    "concerns:concerns": staff("admissions", "counselor", "director"),
    "concerns:concern": staff("admissions", "director", counselor=MISSING),
    # -- outreach: whom patients let see something
    "supporters:give_page": patients(),
    "supporters:enter": anyone(),
    "supporters:code": anyone(),
    "supporters:page": supporters(),
    "supporters:worried": supporters(),
    "supporters:worried_told": supporters(),
    "supporters:leave": supporters(),
    # -- privacy
    "privacy:asked": staff(),
    "privacy:asked_answer": staff(),
    "privacy:asked_done": staff("privacy"),
    "privacy:agree": patients(),
    "privacy:signed": patients(),
    "privacy:read": patients(),
    "privacy:download": patients(),
    "privacy:looked_at_me": patients(),
    "privacy:notice": anyone(),
    "privacy:notice_file": anyone(),
    "privacy:my_notice": patients(),
    "privacy:notices": keeps_sharing(),
    "privacy:notice_version": keeps_sharing(),
    "privacy:give_notice": keeps_sharing(),
    "privacy:new_notice": staff("privacy"),
    "privacy:my_rights": patients(),
    "privacy:withdraw": patients(),
    "privacy:requests": staff("privacy"),
    "privacy:record_request": staff("privacy"),
    "privacy:request": staff("privacy"),
    "privacy:longer": staff("privacy"),
    "privacy:answer_request": staff("privacy"),
    "privacy:my_sharing": patients(),
    "privacy:let_someone": patients(),
    "privacy:my_consent": patients(),
    "privacy:my_consent_copy": patients(),
    "privacy:stop": patients(),
    "privacy:ask": patients(),
    "privacy:sharing": keeps_sharing(),
    "privacy:new_consent": keeps_sharing(),
    "privacy:consent": keeps_sharing(),
    "privacy:consent_act": keeps_sharing(),
    "privacy:refuse_tpo": keeps_sharing(),
    "privacy:work": keeps_sharing(),
    "privacy:my_accounting": patients(),
    "privacy:send": keeps_sharing(),
    "privacy:accounting": keeps_sharing(),
    "privacy:packet": keeps_sharing(),
    "privacy:packet_file": keeps_sharing(),
    "privacy:packet_act": keeps_sharing(),
    "privacy:open_emergency": keeps_sharing(),
    "privacy:emergency": keeps_sharing(),
    "privacy:without_consent": keeps_sharing(),
    "privacy:finish_task": staff("privacy", "director", counselor=FORBIDDEN, admissions=FORBIDDEN),
    "privacy:emergency_access": staff("counselor", "admissions", "director"),
    "privacy:end_emergency_access": staff("counselor", "admissions", "director"),
    "privacy:accesses": staff("privacy"),
    "privacy:access": staff("privacy"),
    "privacy:restricted": staff("privacy", "director", data={"name": "Spec"}),
    "privacy:restriction": staff("privacy", "director"),
    "privacy:lift": staff("privacy", "director"),
    "privacy:report": staff(),
    "privacy:breaches": staff("privacy"),
    "privacy:breach": staff("privacy"),
    "privacy:assess_breach": staff("privacy"),
    "privacy:conclude_breach": staff("privacy"),
    "privacy:told_of_breach": staff("privacy"),
    "privacy:affected": staff("privacy", data={"name": "Spec"}),
    "privacy:affected_from_looks": staff("privacy"),
    "privacy:add_affected": staff("privacy"),
    "privacy:leave_out": staff("privacy"),
    "privacy:looks": staff("privacy", data={"name": "Spec"}),
    "privacy:looks_at": staff("privacy"),
    "privacy:unusual": staff("privacy"),
    "privacy:looks_file": staff("privacy"),
    # -- admissions: public site
    "public:home": anyone(),
    "public:self_screen": anyone(),
    "public:ask": anyone(),
    "public:thanks": anyone(),
    "public:privacy": anyone(),
    "public:family": anyone(),
    "public:worried": anyone(),
    "public:worried_told": anyone(),
    "public:referrers": anyone(),
    # -- admissions
    "admissions:board": staff("admissions", "counselor", "director"),
    "admissions:called_us": staff("admissions", "counselor", "director"),
    "admissions:inquiry": staff("admissions", "counselor", "director"),
    "admissions:log_call": staff("admissions", "counselor", "director"),
    "admissions:assign": staff("admissions", "counselor", "director"),
    "admissions:close": staff("admissions", "counselor", "director"),
    "admissions:assess": staff("admissions", "counselor", "director"),
    "admissions:part": staff("admissions", "counselor", "director"),
    "admissions:danger_came_up": staff("admissions", "counselor", "director"),
    "admissions:danger": staff("admissions", "counselor", "director"),
    "admissions:decision": staff("admissions", "counselor", "director"),
    # -- placement and timetable
    "placement:groups": staff("admissions", "counselor", "director"),
    "placement:group": staff("admissions", "counselor", "director"),
    "placement:waitlist": staff("admissions", "director"),
    "placement:plans": staff("admissions", "director"),
    "placement:plan": staff("admissions", "director"),
    "placement:plan_progress": staff("admissions", "director"),
    "placement:wait": staff("admissions", "director", data={"act": "put"}),
    "placement:chain": staff("admissions", "director", data={"act": "start"}),
    "placement:pairs": staff("admissions", "counselor", "director"),
    "placement:seats": staff("admissions", "counselor", "director"),
    "placement:withdraw": staff("admissions", "director"),
    "placement:move": staff("admissions", "director"),
    "placement:offer": staff("admissions", "director"),
    "placement:availability": staff("admissions", "director"),
    "placement:programs": staff("director"),
    "placement:program": staff("director"),
    "placement:patients": staff("admissions", "counselor", "director"),
    "placement:answer": patients(),
    "timetable:feed": anyone(),
    "timetable:my_calendar": patients(),
    "timetable:change_my_link": patients(),
    "timetable:calendar": staff("admissions", "counselor", "director"),
    "timetable:links": staff("admissions", "counselor", "director"),
    "timetable:change_link": staff("admissions", "counselor", "director"),
    "timetable:new": staff("director"),
    "timetable:sessions": staff("admissions", "counselor", "director"),
    "timetable:change": staff("director"),
    "timetable:take_back_change": staff("director"),
    "timetable:close": staff("director"),
    "timetable:reopen": staff("director"),
    "timetable:closures": staff("director"),
    "timetable:closure": staff("director"),
    "timetable:session": staff("director"),
    "timetable:move": staff("director"),
    "timetable:cancel": staff("director"),
    "timetable:take_back": staff("director"),
    "timetable:make_up": staff("director"),
    "timetable:absences": staff("counselor", "director"),
    "timetable:mark_absence": staff("counselor", "director"),
    "timetable:take_absence_back": staff("counselor", "director"),
    "timetable:away_for_one": staff("counselor", "director"),
    "timetable:stand_in": staff("counselor", "director"),
    "timetable:ask": staff("counselor", "director"),
    "timetable:assign": staff("director"),
    "timetable:stop_asking": staff("counselor", "director"),
    "timetable:answer_ask": staff("counselor", "director"),
    "timetable:licenses": staff("director"),
    "timetable:staff_handout": staff("admissions", "counselor", "director"),
    "timetable:handout": patients(),
    # -- live
    "live:now": patients(),
    "live:door": patients(),
    "live:door_where": patients(),
    "live:door_near": patients(),
    "live:door_how": patients(),
    "live:room": patients(),
    "live:ticket": patients(),
    "live:people": patients(),
    "live:word": patients(data={"kind": "break"}),
    "live:aside": patients(data={"step": "back"}),
    "live:staff_aside": staff("counselor", "director", data={"step": "back"}),
    "live:pairs": staff("counselor", "director", data={"step": "end"}),
    "live:told": patients(),
    "live:visits": staff("counselor", "director"),
    "live:visit_act": staff("counselor", "director"),
    "live:observe": staff("counselor", "director"),
    "live:observe_ticket": staff("counselor", "director"),
    "live:observe_people": staff("counselor", "director"),
    "live:guest": guests(others=FORBIDDEN),
    "live:guest_room": guests(others=MISSING),
    "live:guest_ticket": guests(others=MISSING),
    "live:guest_people": guests(others=MISSING),
    "live:staff_room": staff("counselor", "director"),
    "live:staff_ticket": staff("counselor", "director"),
    "live:staff_people": staff("counselor", "director"),
    "live:waiting": staff("counselor", "director"),
    "live:emergency": staff("counselor", "director"),
    "live:something_happened": staff("counselor", "director"),
    "live:incidents": staff("counselor", "director"),
    "live:patient_incidents": staff("counselor", "director"),
    "live:called_back": staff("counselor", "director"),
    "live:incident": staff("counselor", "director"),
    "live:incident_entry": staff("counselor", "director", data={"done": "called_911"}),
    "live:print_roster": staff("counselor", "director"),
    "live:let_in": staff("counselor", "director"),
    "live:let_in_all": staff("counselor", "director"),
    "live:send_out": staff("counselor", "director"),
    "live:break_start": staff("counselor", "director"),
    "live:break_end": staff("counselor", "director"),
    "live:answer_word": staff("counselor", "director"),
    "live:standby": staff("admissions", "counselor", "director"),
    "live:set_standby": staff("director", data={"address": "https://meet.example.org/g", "agreement": "on"}),
    "live:overrides": staff("director"),
    "live:outside": staff("counselor", "director"),
    "live:let_take_part": staff("director"),
    "live:call": staff("counselor", "director"),
    "live:call_outcome": staff("counselor", "director"),
    "live:text": staff("counselor", "director"),
    "live:decide": staff("counselor", "director"),
    "live:round": staff("counselor", "director"),
    "live:end": staff("counselor", "director"),
    "live:open_again": staff("counselor", "director"),
    # -- attendance
    "attendance:sheet": staff("counselor", "director"),
    "attendance:confirm": staff("counselor", "director"),
    "attendance:correct": staff("counselor", "director"),
    # -- measures
    "measures:questions": patients(),
    "measures:ask": patients(),
    "measures:look_over": patients(),
    "measures:thanks": patients(),
    "measures:check_in": patients(),
    "measures:checked_in": patients(),
    "measures:patient": staff("admissions", "counselor", "director"),
    "measures:give": staff("admissions", "counselor", "director"),
    "measures:administration": staff("admissions", "counselor", "director"),
    "measures:fill_in": staff("admissions", "counselor", "director"),
    "measures:work": staff("admissions", "counselor", "director"),
    "measures:work_item": staff("admissions", "counselor", "director"),
    "measures:take": staff("admissions", "counselor", "director"),
    "measures:instruments": staff("counselor", "director"),
    "measures:turn": staff("director"),
    "measures:text_pack": staff("director"),
    # -- chart
    "chart:notes": staff("counselor", "director"),
    "chart:set_format": staff("director"),
    "chart:write": staff("counselor", "director"),
    "chart:read": staff("counselor", "director"),
    "chart:shared": staff("counselor", "director"),
    "chart:part": staff("counselor", "director"),
    "chart:sign": staff("counselor", "director"),
    "chart:take_over": staff("counselor", "director"),
    "chart:add": staff("counselor", "director"),
    "chart:single": staff("counselor", "director"),
    "chart:cosigning": staff("counselor", "director"),
    "chart:cosign": staff("counselor", "director"),
    "chart:send_back": staff("counselor", "director"),
    "chart:void_note": staff("counselor", "director"),
    "chart:write_again": staff("counselor", "director"),
    "chart:search": staff("counselor", "director"),
    "chart:patient_notes": staff("counselor", "director"),
    "chart:plans": staff("counselor", "director"),
    "chart:plan": staff("admissions", "counselor", "director"),
    "chart:begin_plan": staff("counselor", "director"),
    "chart:plan_version": staff("admissions", "counselor", "director"),
    "chart:draft": staff("counselor", "director"),
    "chart:sign_plan": staff("counselor", "director"),
    "chart:progress": staff("counselor", "director"),
    "chart:move_deadline": staff("counselor", "director"),
    "chart:coded": staff("biller", "director"),
    "chart:diagnoses": staff("admissions", "biller", "counselor", "director"),
    "chart:record_diagnosis": staff("counselor", "director"),
    "chart:end_diagnosis": staff("counselor", "director"),
    "chart:safety_plan": staff("admissions", "counselor", "director"),
    "chart:safety_plan_version": staff("admissions", "counselor", "director"),
    "chart:write_safety_plan": staff("counselor", "director"),
    "chart:returns": staff("counselor", "director"),
    "chart:return": staff("counselor", "director"),
    "chart:add_to_return": staff("counselor", "director"),
    "chart:contacts": staff("counselor", "director"),
    "chart:contact": staff("counselor", "director"),
    "chart:sign_contact": staff("counselor", "director"),
    "chart:contact_act": staff("counselor", "director"),
    "chart:note_templates": staff("director"),
    "chart:note_template": staff("director"),
    "chart:counseling_notes": staff("counselor", "director"),
    "chart:counseling_note": staff("counselor", "director"),
    "chart:homework": staff("counselor", "director"),
    "chart:topics": staff("counselor", "director"),
    "chart:my_topics": patients(),
    "chart:my_homework": patients(),
    "chart:missed_list": staff("counselor", "director"),
    "chart:missed": staff("counselor", "director"),
    "chart:note_of_call": staff("counselor", "director"),
    "chart:note_of_step": staff("counselor", "director"),
    "chart:drug_tests": staff("counselor", "director"),
    "chart:drug_test": staff("counselor", "director", data={"act": "missed"}),
    "chart:patient_drug_tests": staff("counselor", "director"),
    "chart:my_drug_tests": patients(),
    "chart:tell_return": patients(),
    "chart:told_return": patients(),
    "chart:my_safety_plan": patients(),
    "chart:write_my_safety_plan": patients(),
    "chart:my_plan": patients(),
    "chart:answer_my_plan": patients(),
    "chart:my_plan_copy": patients(),
    "chart:my_signed_plan": patients(),
    # -- transitions
    "transitions:due": staff("counselor", "director"),
    "transitions:step_down": staff("counselor", "director"),
    "transitions:come_back": staff("counselor", "director"),
    "transitions:discharge": staff("counselor", "director"),
    "transitions:cancel": staff("counselor", "director"),
    # -- desk
    "desk:home": patients(),
    "desk:help": patients(),
    "desk:arrive": staff(),
    "desk:day": staff("counselor", "director"),
    "desk:outlook": staff("admissions", "director"),
    "desk:held_days": staff("biller", "director"),
    "desk:find": staff(),
    "desk:waiting": staff(),
    "desk:patient": staff("counselor", "director", "admissions", counselor=MISSING),
}
