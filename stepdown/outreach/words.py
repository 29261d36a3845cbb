"""What a message says: no name, no program, no word of treatment, in either language.

Source: RULE PRIV-03. Whoever sees the screen of the phone learns that there is a meeting or a code, nothing more.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from stepdown.ui import when

SUBJECT = {"en": "A message for you", "es": "Un mensaje para usted"}
SENTENCES = {
    "entry_code": {
        "en": "Your code is {code}. It works for {minutes} minutes. We never call to ask for it.",
        "es": "Su código es {code}. Sirve por {minutes} minutos. Nunca llamamos para pedirlo.",
    },
    "personal_link": {
        "en": "This is your own link. Keep it for yourself: {link}",
        "es": "Este es su enlace personal. Guárdelo solo para usted: {link}",
    },
    "seat_offer": {
        "en": "We hold a place for you until {about}. See it here: {link}",
        "es": "Le guardamos un lugar hasta: {about}. Véalo aquí: {link}",
    },
    "meeting_soon": {
        "en": "Your meeting starts at {clock}. {link}",
        "es": "Su reunión empieza a las {clock}. {link}",
    },
    "meeting_on": {
        "en": "Your meeting has begun. Your way in: {link}",
        "es": "Su reunión ya empezó. Entre aquí: {link}",
    },
    "needed_now": {
        "en": "You are needed now. Please sign in: {link}",
        "es": "Le necesitan ahora. Por favor, entre aquí: {link}",
    },
}


def language_of(code: str) -> str:
    """The language we write in for a patient's language code; English where we have none."""
    return "es" if code.startswith("es") else "en"


def subject(language: str) -> str:
    """The subject of an e-mail."""
    return SUBJECT[language_of(language)]


def body(
    kind: str,
    *,
    language: str,
    zone: str,
    now: datetime,
    about: datetime | None = None,
    link: str = "",
    code: str = "",
    minutes: int = 0,
) -> str:
    """The words of one message. `about`: the aware time it speaks of, said in the reader's `zone`.

    Raises KeyError for a kind without words.
    """
    language = language_of(language)
    said = {"about": "", "clock": ""}
    if about:
        said = {
            "about": when.when(about, now, ZoneInfo(zone), language),
            "clock": when.clock(about, ZoneInfo(zone), language),
        }
    return SENTENCES[kind][language].format(link=link, code=code, minutes=minutes, **said)
