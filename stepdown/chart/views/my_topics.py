"""What one worked on, what one missed and when it comes again, and homework, on one's own phone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import queries_topics as queries
from stepdown.chart import services_homework as services
from stepdown.chart.forms_my_homework import DoHomeworkForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import patient_page
from stepdown.ui.tell import tell

SHOWN = 12


@patient_page
@require_safe
def my_topics(request: HttpRequest) -> HttpResponse:
    language = get_language() or "en"
    own = queries.homework_of(request.patient)
    page = {
        "topics": queries.topics_of(request.patient, language, timezone.now()),
        "open": queries.with_titles(own.filter(done_at=None), language),
        "done": queries.with_titles(own.exclude(done_at=None).order_by("-done_at")[:SHOWN], language),
    }
    return render(request, "chart/my_topics.html", page)


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_homework(request: HttpRequest, homework_of_id: UUID) -> HttpResponse:
    own = get_object_or_404(queries.homework_of(request.patient), pk=homework_of_id)
    form = DoHomeworkForm(request.POST if request.method == "POST" else None, initial={"answer": own.answer})
    if request.method == "POST" and form.is_valid():
        try:
            services.do_homework(homework=own, answer=form.cleaned_data["answer"])
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Well done. Your counselor sees it before the next group."))
            return redirect("chart:my_topics")
    page = {"own": own, "form": form, "handout": queries.handout_of(own, get_language() or "en")}
    return render(request, "chart/my_homework.html", page, status=422 if form.errors else 200)
