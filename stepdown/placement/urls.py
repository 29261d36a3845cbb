from django.urls import path

from stepdown.placement.views import answer, groups, pairs, patients, plans, programs, seats, waiting

app_name = "placement"
urlpatterns = [
    path("staff/groups/", groups.groups, name="groups"),
    path("staff/groups/<uuid:group_id>/", groups.group, name="group"),
    path("staff/groups/<uuid:group_id>/offers/", waiting.chain, name="chain"),
    path("staff/waitlist/", waiting.waitlist, name="waitlist"),
    path("staff/waitlist/plans/", plans.plans, name="plans"),
    path("staff/waitlist/plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("staff/waitlist/plans/<uuid:plan_id>/progress/", plans.progress, name="plan_progress"),
    path("staff/episodes/<uuid:episode_id>/waitlist/", waiting.wait, name="wait"),
    path("staff/seats/", groups.seats, name="seats"),
    path("staff/seats/<uuid:seat_id>/take-back/", seats.withdraw, name="withdraw"),
    path("staff/seats/<uuid:seat_id>/move/", seats.move, name="move"),
    path("staff/episodes/<uuid:episode_id>/seat/", seats.offer, name="offer"),
    path("staff/episodes/<uuid:episode_id>/availability/", seats.availability, name="availability"),
    path("staff/patients/<uuid:patient_id>/together/", pairs.pairs, name="pairs"),
    path("staff/programs/", programs.programs, name="programs"),
    path("staff/programs/<uuid:program_id>/", programs.program, name="program"),
    path("staff/patients/", patients.patients, name="patients"),
    path("me/seat/<uuid:seat_id>/", answer.answer, name="answer"),
]
