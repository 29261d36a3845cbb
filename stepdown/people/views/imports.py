"""Colleagues from a table: looked at first, then brought in together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from stepdown.kernel.db import RuleBroken
from stepdown.people import services
from stepdown.people.access import staff_page
from stepdown.people.forms_import import ImportForm
from stepdown.ui.tell import tell


@staff_page("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """`act` is "add" to bring the rows in, anything else to look at what would come of it."""
    if request.method != "POST":
        return render(request, "people/import.html", {"form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "people/import.html", {"form": form}, status=422)
    rows = form.cleaned_data["read"]
    wrong, new = [row for row in rows if row.wrong], [row for row in rows if not (row.wrong or row.is_known)]
    if request.POST.get("act") == "add" and not wrong:
        try:
            services.enroll_all(people=[row.facts for row in new], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            told = ngettext("%(n)d colleague is added.", "%(n)d colleagues are added.", len(new)) % {"n": len(new)}
            tell(request, told + " " + _("They set a password on the sign-in page, then a second step."))
            return redirect("people:people")
    page = {"form": form, "rows": rows, "wrong": wrong, "new": new, "again": ImportForm(initial={"rows": form.text})}
    return render(request, "people/import.html", page, status=422 if wrong or form.errors else 200)
