"""The director's programs: rows whose numbers can be changed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.placement import permissions, queries, services
from stepdown.placement.forms import ProgramForm
from stepdown.ui.tell import tell


@require_safe
@staff_page(*permissions.DIRECTS)
def programs(request: HttpRequest) -> HttpResponse:
    return render(request, "placement/programs.html", {"programs": queries.programs()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*permissions.DIRECTS)
def program(request: HttpRequest, program_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.programs(), pk=program_id)
    name = found.name
    permissions.change_programs(request.staff).or_forbid()
    form = ProgramForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_program(program=found, by=request.staff, **form.numbers)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Saved. What is already planned keeps its numbers.")
            return redirect("placement:programs")
    context = {"form": form, "program": found, "name": name}
    return render(request, "placement/program.html", context, status=422 if form.is_bound else 200)
