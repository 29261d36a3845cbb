"""How times and dates are said. Plain functions: the clock, the reader's zone and the language are arguments.

`at` is an aware datetime, `zone` a tzinfo of the reader, `lang` "en" or "es". Nothing here reads the clock.
"""

from datetime import date, datetime, timedelta, tzinfo

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}
# The zone people name, by the abbreviation that the time zone database gives.
ZONES = {
    "en": {"E": "Eastern", "C": "Central", "M": "Mountain", "P": "Pacific", "AK": "Alaska", "H": "Hawaii"},
    "es": {
        "E": "hora del Este",
        "C": "hora del Centro",
        "M": "hora de la Montaña",
        "P": "hora del Pacífico",
        "AK": "hora de Alaska",
        "H": "hora de Hawái",
    },
}
ARIZONA = {"en": "Arizona", "es": "hora de Arizona"}
# With spaces at which no line breaks.
HALVES = {"en": ("am", "pm"), "es": ("a.\u00a0m.", "p.\u00a0m.")}
WORDS = {
    "en": ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    "es": ["ninguno", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
}


def _speech(lang: str) -> str:
    """The table to use for a language code such as "es-us"; English when there is none."""
    return "es" if lang.startswith("es") else "en"


def zone_name(at: datetime, zone: tzinfo, lang: str = "en") -> str:
    """ "Central" at that moment in that zone. Arizona keeps its own name, as it does not change its clocks."""
    lang = _speech(lang)
    if getattr(zone, "key", "") == "America/Phoenix":
        return ARIZONA[lang]
    short = at.astimezone(zone).tzname() or ""
    family = short[:-2] if len(short) >= 3 and short[-1] == "T" and short[-2] in "SD" else ""
    if family in ZONES[lang]:
        return ZONES[lang][family]
    city = getattr(zone, "key", short).rsplit("/", 1)[-1].replace("_", " ")
    return f"hora de {city}" if lang == "es" and "/" in getattr(zone, "key", "") else city


def _hour(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02}"


def _half(at: datetime, lang: str) -> str:
    return HALVES[lang][at.hour >= 12]


def _named(text: str, at: datetime, zone: tzinfo, lang: str) -> str:
    return f"{text}{', ' if lang == 'es' else ' '}{zone_name(at, zone, lang)}"


def clock(at: datetime, zone: tzinfo, lang: str = "en", *, named: bool = True) -> str:
    """ "6:00 pm Central"; without the zone's name when `named` is false."""
    lang = _speech(lang)
    local = at.astimezone(zone)
    text = f"{_hour(local)} {_half(local, lang)}"
    return _named(text, at, zone, lang) if named else text


def clock_span(start: datetime, end: datetime, zone: tzinfo, lang: str = "en", *, named: bool = True) -> str:
    """ "6:00 to 9:00 pm Central"; both halves of the day are said when they differ."""
    lang = _speech(lang)
    first, last = start.astimezone(zone), end.astimezone(zone)
    opening = _hour(first) if _half(first, lang) == _half(last, lang) else f"{_hour(first)} {_half(first, lang)}"
    closing = f"{_hour(last)} {_half(last, lang)}"
    text = f"de {opening} a {closing}" if lang == "es" else f"{opening} to {closing}"
    return _named(text, start, zone, lang) if named else text


def local_date(on: date | datetime, zone: tzinfo) -> date:
    """The reader's date at a moment; a plain date stays itself."""
    return on.astimezone(zone).date() if isinstance(on, datetime) else on


def day(on: date, today: date, lang: str = "en") -> str:
    """ "March 11", with the year when it is not this one."""
    lang = _speech(lang)
    month = MONTHS[lang][on.month - 1]
    if lang == "es":
        return f"{on.day} de {month}" + (f" de {on.year}" if on.year != today.year else "")
    return f"{month} {on.day}" + (f", {on.year}" if on.year != today.year else "")


def day_short(on: date, today: date, lang: str = "en") -> str:
    """ "Mar 11", for tables and drawings, with the year when it is not this one."""
    lang = _speech(lang)
    month = MONTHS[lang][on.month - 1][:3]
    text = f"{on.day} {month}" if lang == "es" else f"{month} {on.day}"
    if on.year == today.year:
        return text
    return f"{text} {on.year}" if lang == "es" else f"{text}, {on.year}"


def weekday(on: date, lang: str = "en", *, short: bool = False) -> str:
    """ "Wednesday" or "Wed"."""
    name = WEEKDAYS[_speech(lang)][on.weekday()]
    return name[:3] if short else name


def when(at: datetime, now: datetime, zone: tzinfo, lang: str = "en") -> str:
    """ "6:00 pm Central" today, "tomorrow, 6:00 pm Central", "Thursday, …" this week, "March 11, …" further away."""
    lang = _speech(lang)
    on, today = local_date(at, zone), local_date(now, zone)
    said = clock(at, zone, lang)
    if on == today:
        return said
    if on == today + timedelta(days=1):
        return f"{'mañana' if lang == 'es' else 'tomorrow'}, {said}"
    if today < on < today + timedelta(days=7):
        return f"{weekday(on, lang)}, {said}"
    return f"{day(on, today, lang)}, {said}"


def appointment(at: datetime, now: datetime, zone: tzinfo, lang: str = "en") -> str:
    """As `when`, for a moment one must not miss: "today, 6:00 pm Central" names the day also when it is today."""
    said = when(at, now, zone, lang)
    if local_date(at, zone) != local_date(now, zone):
        return said
    return f"{'hoy' if _speech(lang) == 'es' else 'today'}, {said}"


def now_said(now: datetime, zone: tzinfo, lang: str = "en") -> str:
    """ "Wednesday, March 11, 5:48 pm Central"."""
    on = local_date(now, zone)
    return f"{weekday(on, lang)}, {day(on, on, lang)}, {clock(now, zone, lang)}"


def _amount(count: int, unit: str, lang: str) -> str:
    names = {
        "en": {"minute": ("minute", "minutes"), "hour": ("hour", "hours"), "day": ("day", "days")},
        "es": {"minute": ("minuto", "minutos"), "hour": ("hora", "horas"), "day": ("día", "días")},
    }[lang][unit]
    return f"{count} {names[count != 1]}"


def _largest(span: timedelta, lang: str) -> str:
    minutes = int(span // timedelta(minutes=1))
    if minutes < 60:
        return _amount(minutes, "minute", lang)
    if minutes < 48 * 60:
        return _amount(minutes // 60, "hour", lang)
    return _amount(minutes // (24 * 60), "day", lang)


def away(at: datetime, now: datetime, lang: str = "en") -> str:
    """ "in 12 minutes", "in 3 hours", "in 2 days", "now", "5 minutes ago". What is to come is rounded up."""
    lang = _speech(lang)
    if at > now:
        said = _largest(at - now + timedelta(seconds=59), lang)
        return f"en {said}" if lang == "es" else f"in {said}"
    if now - at < timedelta(minutes=1):
        return "ahora" if lang == "es" else "now"
    said = _largest(now - at, lang)
    return f"hace {said}" if lang == "es" else f"{said} ago"


def late(since: datetime, now: datetime, lang: str = "en") -> str:
    """How late, for a list headed "Late": "40 min", "3 h", "2 days". Never below zero."""
    lang = _speech(lang)
    minutes = max(0, int((now - since) // timedelta(minutes=1)))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h"
    return _amount(minutes // (24 * 60), "day", lang)


def minutes_said(minutes: int) -> str:
    """165 is "2 h 45 min", 45 is "45 min", 120 is "2 h". The units are the same in English and Spanish."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def in_words(count: int, lang: str = "en") -> str:
    """None to ten in words, more in figures, thousands apart: "10,000"."""
    words = WORDS[_speech(lang)]
    return words[count] if 0 <= count < len(words) else f"{count:,}"
