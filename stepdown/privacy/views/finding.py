"""A patient is looked for by POST, so that no address tells their name."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from stepdown.people.models import Patient
from stepdown.privacy.forms_looks import PatientForm
from stepdown.privacy.queries_looks import found_by_name


def looked_for(request: HttpRequest, among: QuerySet[Patient] | None = None, asks: str = "") -> dict[str, Any]:
    """For `privacy/_find_patient.html`: the form, and who was found once somebody was looked for. among: as in
    `queries_looks.found_by_name`. asks: what stands above the field, if not the usual."""
    form = PatientForm(request.POST if request.method == "POST" else None)
    form.fields["name"].label = asks or form.fields["name"].label
    page: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        page["found"] = found_by_name(form.cleaned_data["name"], among)
    return page


def status_of(page: dict[str, Any]) -> int:
    return 422 if page["form"].errors else 200
