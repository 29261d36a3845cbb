"""The public site. It sets no cookie and keeps nothing but a request for a call."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.admissions.domain.self_screen import DANGER, SIGNS, WITHDRAWAL, items, screen
from stepdown.outreach.concerns import services as concerns
from stepdown.outreach.concerns.forms import StrangersConcernForm
from stepdown.people.access import public
from stepdown.ui import center as the_center
from stepdown.ui.when import clock_span, weekday

from . import services
from .forms import AskForm, QuestionForm, answers_in
from .wording import REASON, SAYS


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html", {"form": AskForm(), "week": _week(), "hours": _hours(request)})


def _hours(request: HttpRequest) -> str:
    """ "8:00 am to 8:00 pm Central": when the center calls and is called. Empty before it is set up."""
    center = the_center.of(request)
    if center is None:
        return ""
    zone = ZoneInfo(center.time_zone)
    today = timezone.now().astimezone(zone).date()
    opens, closes = (datetime.combine(today, at, zone) for at in (center.calls_from, center.calls_until))
    return clock_span(opens, closes, zone, get_language() or "en")


def _week() -> list[dict[str, Any]]:
    """The seven columns of the drawn week: x in drawing units, the day's short name, whether the group meets."""
    monday = date(2024, 1, 1)
    return [
        {
            "x": 44 + 45 * i,
            "middle": 65 + 45 * i,
            "name": weekday(monday + timedelta(days=i), get_language() or "en", short=True),
            "meets": i in (0, 2, 3),
        }
        for i in range(7)
    ]


@public
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"public/{name}.html", {"hours": _hours(request)})


# No cookie is set for a visitor, so there is no session that a forged form could ride on. What they answer and type
# stays in no browser's store, from where the next one at this computer could bring it back.
@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def self_screen(request: HttpRequest) -> HttpResponse:
    """One question a page. The page itself carries the answers so far: no session, no row, no address shows them."""
    answers = answers_in(request.POST.dict())
    act = request.POST.get("act", "")
    at = len(answers)
    if act == "change":
        return _question(request, {})
    if act == "back":
        return _question(request, dict(list(answers.items())[:-1]))
    if act == "next" and at < len(items()):
        item = items()[at]
        form = QuestionForm(request.POST, item=item)
        if not form.is_valid():
            return _question(request, answers, form=form, status=422)
        answers[item] = int(form.cleaned_data["answer"])
    elif act == "skip" and at < len(items()):
        answers[items()[at]] = None
    if len(answers) == len(items()) or _danger(answers):
        return _answer(request, answers)
    return _question(request, answers)


def _carried(answers: dict[str, int | None]) -> list[tuple[str, str]]:
    return [(item, "skip" if value is None else str(value)) for item, value in answers.items()]


def _danger(answers: dict[str, int | None]) -> bool:
    """Whether they told of danger: then nothing more is asked, and every page says what to do."""
    return any(answers.get(item) == 1 for item in DANGER)


def _question(
    request: HttpRequest, answers: dict[str, int | None], *, form: QuestionForm | None = None, status: int = 200
) -> HttpResponse:
    item = items()[len(answers)]
    context = {
        "form": form or QuestionForm(item=item),
        "item": item,
        "at": len(answers) + 1,
        "of": len(items()),
        "carried": _carried(answers),
        "warns_danger": item in DANGER,
        "warns_stopping": item in WITHDRAWAL,
    }
    return render(request, "public/question.html", context, status=status)


def _answer(request: HttpRequest, answers: dict[str, int | None]) -> HttpResponse:
    result = screen(answers)
    context: dict[str, Any] = {
        "route": result.route,
        "says": SAYS[result.route],
        "reasons": [REASON[item] for item in result.yes],
        "signs": result.signs,
        "of": len(SIGNS),
        "stopping": "ss_withdrawal_risk" in result.flags,
        "home_unsafe": "ss_unsafe_home" in result.flags,
        "duties_clash": "ss_duties_conflict" in result.flags,
        "carried": _carried(answers),
    }
    return render(request, "public/answer.html", context)


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The request for a call. Arriving from the self-screen, the page carries the answers until the person chooses."""
    answers = answers_in(request.POST.dict())
    arriving = request.method != "POST" or request.POST.get("act") == "bring"
    form = AskForm(initial={"send_answers": "send_answers" in request.POST}) if arriving else AskForm(request.POST)
    if not arriving and form.is_valid():
        said = form.cleaned_data
        send = said.pop("send_answers") and answers
        services.ask_for_call(**said, language=get_language() or "en", self_screen=answers if send else None)
        return redirect("public:thanks")
    context = {"form": form, "carried": _carried(answers), "danger": _danger(answers)}
    return render(request, "public/ask.html", context, status=200 if arriving else 422)


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worried(request: HttpRequest) -> HttpResponse:
    """Somebody is worried about somebody. Everyone gets the same answer, before which nobody is looked for."""
    form = StrangersConcernForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        concerns.tell(language=get_language() or "en", **form.cleaned_data)
        return redirect("public:worried_told")
    return render(request, "public/worried.html", {"form": form}, status=422 if form.errors else 200)
