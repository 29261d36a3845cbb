"""Addresses of the chart."""

from django.urls import path

from stepdown.chart.views import diagnoses, my_plan, notes, plan

app_name = "chart"
urlpatterns = [
    path("staff/notes/", notes.notes, name="notes"),
    path("staff/sessions/<uuid:session_id>/note/", notes.write, name="write"),
    path("staff/notes/<uuid:note_id>/", notes.read, name="read"),
    path("staff/notes/<uuid:note_id>/shared/", notes.shared, name="shared"),
    path("staff/notes/<uuid:note_id>/take-over/", notes.take_over, name="take_over"),
    path("staff/notes/<uuid:note_id>/sign/", notes.sign, name="sign"),
    path("staff/notes/<uuid:note_id>/addenda/", notes.add, name="add"),
    path("staff/notes/parts/<uuid:part_id>/", notes.part, name="part"),
    path("staff/notes/signed/<uuid:part_id>/", notes.single, name="single"),
    path("staff/plans/", plan.plans, name="plans"),
    path("staff/patients/<uuid:patient_id>/plan/", plan.plan, name="plan"),
    path("staff/patients/<uuid:patient_id>/plan/begin/", plan.begin_plan, name="begin_plan"),
    path("staff/plans/<uuid:version_id>/", plan.plan_version, name="plan_version"),
    path("staff/plans/<uuid:version_id>/draft/", plan.draft, name="draft"),
    path("staff/plans/<uuid:version_id>/sign/", plan.sign_plan, name="sign_plan"),
    path("staff/objectives/<uuid:objective_id>/progress/", plan.progress, name="progress"),
    path("staff/deadlines/<uuid:deadline_id>/move/", plan.move_deadline, name="move_deadline"),
    path("staff/diagnoses/", diagnoses.coded, name="coded"),
    path("staff/patients/<uuid:patient_id>/diagnoses/", diagnoses.diagnoses, name="diagnoses"),
    path("staff/patients/<uuid:patient_id>/diagnoses/new/", diagnoses.record_diagnosis, name="record_diagnosis"),
    path("staff/diagnoses/<uuid:diagnosis_id>/end/", diagnoses.end_diagnosis, name="end_diagnosis"),
    path("me/plan/", my_plan.my_plan, name="my_plan"),
    path("me/plan/answer/", my_plan.answer_my_plan, name="answer_my_plan"),
    path("me/plan/copy/", my_plan.my_plan_copy, name="my_plan_copy"),
    path("me/plan/signed/<uuid:answer_id>/", my_plan.my_signed_plan, name="my_signed_plan"),
]
