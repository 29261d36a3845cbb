"""Pages about staff. Sign-in has its own list: sign_in_urls."""

from django.urls import path

from stepdown.people.views import imports, licenses, reset, sessions, staff, supervision

app_name = "people"
urlpatterns = [
    path("staff/people/", staff.people, name="people"),
    path("staff/people/new/", staff.add, name="add"),
    path("staff/people/import/", imports.bring_in, name="import"),
    path("staff/people/<uuid:staff_id>/", staff.staff, name="staff"),
    path("staff/people/<uuid:staff_id>/contact/", staff.contact, name="contact"),
    path("staff/people/<uuid:staff_id>/roles/", staff.roles, name="roles"),
    path("staff/people/<uuid:staff_id>/again/", staff.open_again, name="open_again"),
    path("staff/people/<uuid:staff_id>/end/", staff.end, name="end"),
    path("staff/people/<uuid:staff_id>/sign-out/", sessions.sign_out, name="sign_out"),
    path("staff/people/<uuid:staff_id>/second-factor/", reset.reset, name="reset_second_factor"),
    path("staff/people/<uuid:staff_id>/licenses/", licenses.of_one, name="licenses"),
    path("staff/people/<uuid:staff_id>/licenses/new/", licenses.add, name="add_license"),
    path("staff/people/<uuid:staff_id>/co-signature/", supervision.supervision, name="supervision"),
    path("staff/people/<uuid:staff_id>/co-signature/end/", supervision.end, name="end_supervision"),
    path("staff/licenses/<uuid:license_id>/", licenses.license, name="license"),
    path("staff/licenses/<uuid:license_id>/correct/", licenses.correct, name="correct_license"),
    path("staff/licenses/<uuid:license_id>/renew/", licenses.renew, name="renew_license"),
    path("staff/licenses/<uuid:license_id>/end/", licenses.end, name="end_license"),
    path("staff/licenses/<uuid:license_id>/documents/", licenses.add_document, name="add_document"),
    path("staff/licenses/documents/<uuid:document_id>/", licenses.document, name="document"),
    path("staff/licenses/documents/<uuid:document_id>/take-out/", licenses.take_out, name="take_document_out"),
]
