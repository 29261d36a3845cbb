"""How often one address, or one person, asks a page in a minute before it is told to wait.

What opens for strangers, and for whom patients gave a page, stands in PUBLIC: `tests/consistency/test_limits.py` fails
for a page that does not. What takes the server long stands in COSTLY. Guessing is not what these hold off: passwords,
codes and dates of birth have counters of their own in the database (`AXES_…`, allauth's `RATE_LIMITS`, `people.codes`),
which no number of processes widens.
"""

from stepdown.kernel.limit import Limit

PAGE = Limit(reads=240, sends=30)  # people, also several behind one address
SIGN_IN = Limit(reads=120, sends=30)
DOOR = Limit(reads=120, sends=20)  # each one that is sent may cost a text message
MACHINE = Limit(reads=600, sends=600)  # programs of others that ask for many people from one address
ROOM = Limit(reads=240, sends=60)  # a page that asks by itself

PUBLIC: dict[str, Limit] = {
    "account_login": SIGN_IN,
    "mfa_authenticate": SIGN_IN,
    "mfa_login_webauthn": SIGN_IN,
    "directory_sign_in": SIGN_IN,
    "openid_connect_callback": SIGN_IN,
    "account_inactive": SIGN_IN,
    "account_reset_password": SIGN_IN,
    "account_reset_password_done": SIGN_IN,
    "account_reset_password_from_key": SIGN_IN,
    "account_reset_password_from_key_done": SIGN_IN,
    "gallery": PAGE,
    "live:guest": ROOM,
    "live:guest_room": ROOM,
    "live:guest_ticket": ROOM,
    "live:guest_people": ROOM,
    "timetable:feed": MACHINE,
    "public:home": PAGE,
    "public:self_screen": PAGE,
    "public:ask": Limit(reads=240, sends=10),
    "public:thanks": PAGE,
    "public:privacy": PAGE,
    "privacy:notice": PAGE,
    "privacy:notice_file": PAGE,
    "public:family": PAGE,
    "public:worried": Limit(reads=240, sends=10),
    "public:worried_told": PAGE,
    "public:referrers": PAGE,
    "outreach:reply": MACHINE,
    "outreach:enter": DOOR,
    "outreach:code": DOOR,
    "supporters:enter": DOOR,
    "supporters:code": DOOR,
    "supporters:page": ROOM,
    "supporters:leave": PAGE,
    "supporters:worried": Limit(reads=240, sends=10),
    "supporters:worried_told": PAGE,
    "supporters:to_sign": PAGE,
    "supporters:sign": PAGE,
    "supporters:copy": PAGE,
}

COSTLY: dict[str, Limit] = {
    "desk:find": Limit(reads=120, sends=120),
    "chart:search": Limit(reads=60, sends=60),
    "people:import": Limit(reads=60, sends=20),
    "placement:plans": Limit(reads=120, sends=10),
    "privacy:looks": Limit(reads=120, sends=30),
    "privacy:looks_file": Limit(reads=10, sends=10),
}

FILES = 30  # PDF files of one person in a minute, whatever page they are of
