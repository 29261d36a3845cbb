"""Addresses of the chart."""

from django.urls import path

from stepdown.chart.views import diagnoses, my_plan, my_return, my_safety, notes, plan, returns, safety

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
    path("staff/patients/<uuid:patient_id>/safety-plan/", safety.safety_plan, name="safety_plan"),
    path("staff/patients/<uuid:patient_id>/safety-plan/write/", safety.write_safety_plan, name="write_safety_plan"),
    path("staff/safety-plans/<uuid:safety_plan_id>/", safety.safety_plan_version, name="safety_plan_version"),
    path("staff/patients/<uuid:patient_id>/return-to-use/", returns.returns, name="returns"),
    path("staff/returns-to-use/<uuid:return_id>/", returns.return_to_use, name="return"),
    path("staff/returns-to-use/<uuid:return_id>/addenda/", returns.add_to_return, name="add_to_return"),
    path("me/tell/", my_return.tell_return, name="tell_return"),
    path("me/told/", my_return.told_return, name="told_return"),
    path("me/safety-plan/", my_safety.my_safety_plan, name="my_safety_plan"),
    path("me/safety-plan/write/", my_safety.write_my_safety_plan, name="write_my_safety_plan"),
    path("me/plan/", my_plan.my_plan, name="my_plan"),
    path("me/plan/answer/", my_plan.answer_my_plan, name="answer_my_plan"),
    path("me/plan/copy/", my_plan.my_plan_copy, name="my_plan_copy"),
    path("me/plan/signed/<uuid:answer_id>/", my_plan.my_signed_plan, name="my_signed_plan"),
]
