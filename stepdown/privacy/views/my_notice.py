"""A patient reads the notice of privacy practices, and confirms that they got it or goes on without."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stepdown.people.access import patient_page
from stepdown.privacy import queries_notice as queries
from stepdown.privacy import services_notice as services
from stepdown.privacy.models import NoticeDelivery
from stepdown.privacy.onward import asked_for
from stepdown.ui.tell import tell

Outcome = NoticeDelivery.Outcome


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_notice(request: HttpRequest) -> HttpResponse:
    notice, onward, refused = queries.current(), asked_for(request), ""
    if request.method == "POST":
        answer = request.POST.get("answer")
        if notice is None or request.POST.get("number") != str(notice.number):
            refused = _("The notice has changed while this page was open. This is the new one.")
        elif answer not in (Outcome.CONFIRMED, Outcome.DECLINED):
            refused = _("Choose one of the two buttons.")
        else:
            services.give(
                patient=request.patient,
                notice=notice,
                language=get_language() or "en",
                outcome=answer,
                why="" if answer == Outcome.CONFIRMED else "Went on without confirming, on their own page.",
            )
            tell(request, _("Thank you. You find the notice under Sharing at any time."))
            return redirect(onward or "desk:home")
    return render(request, "privacy/my_notice.html", _page(request, onward, refused), status=422 if refused else 200)


def _page(request: HttpRequest, onward: str, refused: str) -> dict[str, object]:
    language = get_language() or "en"
    standing, notice = queries.standing(request.patient), queries.current()
    return {
        "notice": notice,
        "text": queries.laid_out(notice, language) if notice else None,
        "to_confirm": bool(notice) and not standing.has_current,
        "news": [] if standing.is_first else [one.changed(language) for one in standing.missed],
        "last": queries.deliveries_to(request.patient).first(),
        "onward": onward,
        "refused": refused,
    }
