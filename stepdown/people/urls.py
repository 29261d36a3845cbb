"""Pages about staff. Sign-in has its own list: sign_in_urls."""

from django.urls import path

from stepdown.people.views import staff

app_name = "people"
urlpatterns = [
    path("staff/people/", staff.people, name="people"),
    path("staff/people/new/", staff.add, name="add"),
    path("staff/people/<uuid:staff_id>/", staff.staff, name="staff"),
    path("staff/people/<uuid:staff_id>/end/", staff.end, name="end"),
]
