from django.urls import path

from stepdown.measures.views import check_in, instruments, patients, staff, work

app_name = "measures"
urlpatterns = [
    path("me/questions/", patients.questions, name="questions"),
    path("me/questions/<uuid:administration_id>/", patients.ask, name="ask"),
    path("me/questions/<uuid:administration_id>/look-over/", patients.look_over, name="look_over"),
    path("me/questions/<uuid:administration_id>/thanks/", patients.thanks, name="thanks"),
    path("me/check-in/", check_in.check_in, name="check_in"),
    path("me/check-in/<uuid:check_in_id>/", check_in.checked_in, name="checked_in"),
    path("staff/patients/<uuid:patient_id>/measures/", staff.patient, name="patient"),
    path("staff/patients/<uuid:patient_id>/measures/give/", staff.give, name="give"),
    path("staff/measures/<uuid:administration_id>/", staff.administration, name="administration"),
    path("staff/measures/<uuid:administration_id>/fill-in/", staff.fill_in, name="fill_in"),
    path("staff/work/", work.work, name="work"),
    path("staff/work/<uuid:work_item_id>/", work.work_item, name="work_item"),
    path("staff/work/<uuid:work_item_id>/take/", work.take, name="take"),
    path("staff/instruments/", instruments.instruments, name="instruments"),
    path("staff/instruments/<slug:instrument>/", instruments.turn, name="turn"),
    path("staff/instruments/<slug:instrument>/text/", instruments.text_pack, name="text_pack"),
]
