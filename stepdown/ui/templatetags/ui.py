"""Filters and tags of the frame and its components. They are built in: templates need no {% load %} for them."""

import itertools
from datetime import date, datetime
from functools import cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from stepdown.ui import center, icons, navigation, scripts
from stepdown.ui import when as said
from stepdown.ui.fields import phone_said

register = template.Library()


def _lang() -> str:
    return get_language() or "en"


# Times. The reader's zone is the one that was activated for the request.


@register.filter
def clock(at: datetime) -> str:
    """6:00 pm Central"""
    return said.clock(at, timezone.get_current_timezone(), _lang()) if at else ""


@register.filter
def clock_bare(at: datetime) -> str:
    """6:00 pm, where the zone's name already stands near."""
    return said.clock(at, timezone.get_current_timezone(), _lang(), named=False) if at else ""


@register.simple_tag
def clock_span(start: datetime, end: datetime, named: bool = True) -> str:
    """6:00 to 9:00 pm Central"""
    return said.clock_span(start, end, timezone.get_current_timezone(), _lang(), named=named)


@register.filter
def when(at: datetime) -> str:
    """6:00 pm Central today; with the day when it is not today."""
    return said.when(at, timezone.now(), timezone.get_current_timezone(), _lang()) if at else ""


@register.filter
def appointment(at: datetime) -> str:
    """today, 6:00 pm Central; tomorrow, 6:00 pm Central: the day is always named."""
    return said.appointment(at, timezone.now(), timezone.get_current_timezone(), _lang()) if at else ""


@register.filter
def away(at: datetime) -> str:
    """in 12 minutes; 5 minutes ago"""
    return said.away(at, timezone.now(), _lang()) if at else ""


@register.filter
def late(since: datetime) -> str:
    """2 days, for lists headed Late"""
    return said.late(since, timezone.now(), _lang()) if since else ""


def _local(on: date | datetime) -> date:
    return said.local_date(on, timezone.get_current_timezone())


@register.filter
def day(on: date | datetime) -> str:
    """March 11"""
    return said.day(_local(on), timezone.localdate(), _lang()) if on else ""


@register.filter
def day_short(on: date | datetime) -> str:
    """Mar 11"""
    return said.day_short(_local(on), timezone.localdate(), _lang()) if on else ""


@register.filter
def weekday(on: date | datetime) -> str:
    """Wednesday"""
    return said.weekday(_local(on), _lang()) if on else ""


@register.filter
def weekday_short(on: date | datetime) -> str:
    """Wed"""
    return said.weekday(_local(on), _lang(), short=True) if on else ""


@register.simple_tag
def now_said() -> str:
    """Wednesday, March 11, 5:48 pm Central"""
    return said.now_said(timezone.now(), timezone.get_current_timezone(), _lang())


@register.filter
def minutes(count: int) -> str:
    """2 h 45 min"""
    return said.minutes_said(count) if count is not None else ""


# Numbers and people.


@register.filter
def words(count: int) -> str:
    """one to ten in words, figures from eleven"""
    return said.in_words(count, _lang())


@register.filter
def plural(count: int, forms_of_word: str) -> str:
    """{{ n|plural:"person,people" }}: the form of the word that goes with the number, without the number."""
    one, many = forms_of_word.split(",")
    return one if count == 1 else many


@register.filter
def initials(name: str) -> str:
    """WS for Walt Specimen; one letter for one name."""
    parts = str(name).split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


@register.filter
def tint(seat: int | None) -> str:
    """The class of an initial tile, by the seat's number. It means nothing."""
    return "" if not seat or seat % 5 == 1 else f"t{(seat - 1) % 5 + 1}"


@register.filter
def phone(number: str) -> str:
    """(512) 555-0142"""
    return phone_said(number or "")


# Parts of the page.


@register.simple_tag
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """An icon by its name in icons.py. With a label it stands alone; without one a word stands beside it."""
    return _icon(name, label, classes) if label or classes else _plain_icon(name)


@cache
def _plain_icon(name: str) -> SafeString:
    return _icon(name, "", "")


def _icon(name: str, label: str, classes: str) -> SafeString:
    turning = " turns" if name in ("arrow", "back", "leave") else ""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    drawing = mark_safe(icons.ICONS[name])  # noqa: S308  # ours, in the code
    return format_html(
        '<svg class="icon{}{}" viewBox="0 0 20 20" {}>{}</svg>',
        turning,
        f" {classes}" if classes else "",
        role,
        drawing,
    )


@register.simple_tag
def brand_mark(size: int = 24) -> SafeString:
    """The steps going down, with the lamp."""
    drawing = mark_safe(icons.MARK)  # noqa: S308  # ours, in the code
    return format_html(
        '<svg width="{}" height="{}" viewBox="0 0 26 26" aria-hidden="true">{}</svg>', size, size, drawing
    )


@register.simple_tag
def module(path: str) -> SafeString:
    """{% module "ui/countdown" %}: the attributes that let modules.js start static/ui/countdown.js on this element."""
    return format_html('data-module="{}" data-module-src="{}"', path, static(f"{path}.js"))


@register.simple_tag
def preload(*paths: str) -> SafeString:
    """{% preload "ui/modules" "live/room" %}: for a page that must start soon, links in its head by which the browser
    fetches these modules and all that they import at once."""
    names = dict.fromkeys(name for path in paths for name in scripts.needed_by(f"{path}.js"))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(name),) for name in names))


_numbers = itertools.count(1)


@register.simple_tag
def unique(prefix: str) -> str:
    """An id that no other element on the page has, also not one that a swap brings later."""
    return f"{prefix}-{next(_numbers)}"


@register.simple_tag(takes_context=True)
def this_center(context: Context) -> Any:
    """The center of this installation, or None."""
    request: HttpRequest | None = context.get("request")
    return center.of(request) if request else center.current()


@register.simple_tag
def is_demo() -> bool:
    return bool(settings.DEMO)


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, str]]:
    """Links to this same page in the other languages; none for a page that has only one."""
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request else None
    if request is None or match is None or match.url_name is None:
        return []
    query = f"?{asked}" if (asked := request.META.get("QUERY_STRING", "")) else ""
    links = []
    for code, _name in settings.LANGUAGES:
        if code == _lang():
            continue
        with translation.override(code):
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        if url != request.path:
            name = get_language_info(code)["name_local"].capitalize()
            links.append({"code": code, "name": name, "url": url + query})
    return links


@register.simple_tag(takes_context=True)
def menu(context: Context, name: str) -> list[navigation.Link]:
    """The links of a menu ("staff", "patient" or "public") for the person who reads the page."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    of: navigation.Menu = getattr(navigation, name)
    return of.links(request, getattr(request, name, None))


@register.simple_tag(takes_context=True)
def menu_sections(context: Context, name: str) -> list[dict[str, Any]]:
    """The headed lists below a menu, such as "My groups"; empty ones are left out."""
    request: HttpRequest | None = context.get("request")
    person = getattr(request, name, None)
    if person is None:
        return []
    found = []
    for section in getattr(navigation, name).sections.values():
        links = [navigation.Link(*link, current=request.path == link[2]) for link in section.links(person)]  # type: ignore[union-attr, misc]  # a section takes the person it was made for
        if links:
            found.append({"title": section.title, "links": links})
    return found


@register.simple_tag(takes_context=True)
def menu_strips(context: Context, name: str) -> list[navigation.Strip]:
    """The lines above the page of this person."""
    request: HttpRequest | None = context.get("request")
    if request is None or getattr(request, name, None) is None:
        return []
    found = [strip(request) for strip in getattr(navigation, name).strips.values()]
    return [one for one in found if one]


@register.simple_tag
def waiting_url_name() -> str | None:
    return navigation.waiting_url_name


@register.simple_tag(takes_context=True)
def search_url_name(context: Context) -> str | None:
    request: HttpRequest | None = context.get("request")
    return navigation.search_for(getattr(request, "staff", None))


# Fields.

LOOKS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "cards"),
    (forms.RadioSelect, "cards"),
    (forms.CheckboxInput, "check"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)


def _look(widget: forms.Widget) -> str:
    own = getattr(widget, "look", None)
    if own:
        return str(own)
    return next((look for kind, look in LOOKS if isinstance(widget, kind)), "input")


@register.simple_tag
def field_parts(field: BoundField, hint: Any = "", label: Any = "") -> dict[str, Any]:
    """What the template of a field draws: its look, ids, sentences and the control with its attributes wired."""
    widget = field.field.widget
    look = _look(widget)
    base = field.auto_id or field.html_name
    hint = hint or field.help_text
    errors = [str(error) for error in field.errors]
    described = " ".join(([f"{base}-hint"] if hint else []) + ([f"{base}-error"] if errors else []))
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = described
    if errors:
        attrs["aria-invalid"] = "true"
    parts: dict[str, Any] = {
        "look": look,
        "id": base,
        "label": label or field.label,
        "hint": hint,
        "errors": errors,
        "described": described,
        "required": field.field.required,
        "widget": widget,
    }
    if look in ("input", "select", "textarea", "check", "hidden"):
        css = {"input": "input", "select": "select", "textarea": "textarea"}.get(look, "")
        own = widget.attrs.get("class", "")
        if css:
            attrs["class"] = f"{css} {own}".strip()
        parts["control"] = field.as_widget(attrs=attrs)
    elif look == "date":
        parts["boxes"] = widget.boxes(field.html_name, field.value(), {"id": base})
    else:
        parts["options"] = [option.data for option in field.subwidgets]
        parts["multiple"] = isinstance(widget, forms.CheckboxSelectMultiple)
    return parts


@register.filter
def undo_url(message: Any) -> str:
    """Where a message's way back leads ("" when there is none); see stepdown/ui/tell.py."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""


@register.filter
def steps_to(last: int) -> range:
    """1 up to and with `last`."""
    return range(1, int(last) + 1)


@register.filter
def words_of(line: str) -> list[str]:
    """The words of a line, for a list written in a template."""
    return line.split()
