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
    "contact_changed": {
        "en": "Messages from us now go to another number. If you did not ask for it, call us.",
        "es": "Nuestros mensajes ahora van a otro número. Si usted no lo pidió, llámenos.",
    },
    "page_link": {
        "en": "Somebody you know wants to show you a page. It is for you alone: {link}",
        "es": "Alguien que usted conoce quiere mostrarle una página. Es solo para usted: {link}",
    },
    "seat_offer": {
        "en": "We hold a place for you until {about}. See it here: {link}",
        "es": "Le guardamos un lugar hasta: {about}. Véalo aquí: {link}",
    },
    "seat_kept": {
        "en": "Your place is kept. See what is next: {link}",
        "es": "Su lugar queda guardado. Vea lo que sigue: {link}",
    },
    "seat_given_up": {
        "en": "We no longer hold the place for you, as you asked. Call us when you want another.",
        "es": "Ya no le guardamos el lugar, como usted pidió. Llámenos cuando quiera otro.",
    },
    "reply_unclear": {
        "en": "We could not take your answer here. Please look here: {link}",
        "es": "No pudimos recibir su respuesta así. Por favor, vea aquí: {link}",
    },
    "meeting_soon": {
        "en": "Your meeting starts at {clock}. {link}",
        "es": "Su reunión empieza a las {clock}. {link}",
    },
    "meeting_on": {
        "en": "Your meeting has begun. Your way in: {link}",
        "es": "Su reunión ya empezó. Entre aquí: {link}",
    },
    "meeting_moved": {
        "en": "Your meeting has moved. It starts {about}. Before, it was {was}. {link}",
        "es": "Su reunión cambió de hora. Ahora empieza: {about}. Antes era: {was}. {link}",
    },
    "meeting_off": {
        "en": "This meeting does not take place: {about}. See what is next: {link}",
        "es": "Esta reunión no se hace: {about}. Vea lo que sigue: {link}",
    },
    "meeting_back": {
        "en": "This meeting takes place after all: {about}. {link}",
        "es": "Esta reunión sí se hace: {about}. {link}",
    },
    "meeting_added": {
        "en": "There is one more meeting: {about}. {link}",
        "es": "Hay una reunión más: {about}. {link}",
    },
    "meetings_changed": {
        "en": "Some of your meetings have changed. The first is {about}. See all of them: {link}",
        "es": "Algunas de sus reuniones cambiaron. La primera es: {about}. Véalas todas: {link}",
    },
    "meeting_led": {
        "en": "Who leads your meeting has changed: {about}. See it here: {link}",
        "es": "Cambió quién dirige su reunión: {about}. Véala aquí: {link}",
    },
    "needed_now": {
        "en": "You are needed now. Please sign in: {link}",
        "es": "Le necesitan ahora. Por favor, entre aquí: {link}",
    },
    "leader_away": {
        "en": "A meeting needs somebody to lead it. See which one: {link}",
        "es": "Una reunión necesita quien la dirija. Vea cuál: {link}",
    },
    "stand_in": {
        "en": "Can you lead a meeting for a colleague? {about}. Say yes or no: {link}",
        "es": "¿Puede dirigir una reunión por un colega? {about}. Diga sí o no: {link}",
    },
    "stand_in_over": {
        "en": "The meeting you were asked about is looked after. Thank you. {link}",
        "es": "La reunión por la que preguntamos ya tiene quien la dirija. Gracias. {link}",
    },
    "stands_in": {
        "en": "Somebody will lead the meeting that needed it. See who: {link}",
        "es": "Alguien dirigirá la reunión que lo necesitaba. Vea quién: {link}",
    },
    "leads_one_more": {
        "en": "You lead one more meeting: {about}. {link}",
        "es": "Usted dirige una reunión más: {about}. {link}",
    },
    "license_ends": {
        "en": "One of your papers ends soon. See which one: {link}",
        "es": "Uno de sus documentos vence pronto. Vea cuál: {link}",
    },
    "team_license_ends": {
        "en": "A paper of a colleague ends soon. See whose: {link}",
        "es": "El documento de un colega vence pronto. Vea de quién: {link}",
    },
    "agreement_ends": {
        "en": "A paper of the center ends soon. See which one: {link}",
        "es": "Un documento del centro vence pronto. Vea cuál: {link}",
    },
    "look": {
        "en": "Something waits for you. Please look at it today: {link}",
        "es": "Algo le espera. Por favor, véalo hoy: {link}",
    },
    "sign_in_reset": {
        "en": "Your sign-in was reset. If you did not ask for it, call your administrator now.",
        "es": "Se restableció su acceso. Si no lo pidió, llame ahora a su administrador.",
    },
    "written": {
        "en": "You have a message from us. Read it here: {link}",
        "es": "Tiene un mensaje de nuestra parte. Léalo aquí: {link}",
    },
}


# Put after the words of a message that can be answered by one, where answers reach us.
BY_REPLY = {
    "seat_offer": {
        "en": "Or reply YES to keep it, NO to give it up.",
        "es": "O responda SÍ para guardarlo, NO para dejarlo.",
    }
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
    was: datetime | None = None,
    link: str = "",
    code: str = "",
    minutes: int = 0,
    by_reply: bool = False,
) -> str:
    """The words of one message. `about`: the aware time it speaks of, said in the reader's `zone`; `was`: the time
    before, of what moved. by_reply: whether an answer reaches us.

    Raises KeyError for a kind without words.
    """
    language = language_of(language)
    said = {"about": "", "clock": "", "was": when.when(was, now, ZoneInfo(zone), language) if was else ""}
    if about:
        said |= {
            "about": when.when(about, now, ZoneInfo(zone), language),
            "clock": when.clock(about, ZoneInfo(zone), language),
        }
    words = SENTENCES[kind][language].format(link=link, code=code, minutes=minutes, **said)
    return f"{words} {BY_REPLY[kind][language]}" if by_reply and kind in BY_REPLY else words
