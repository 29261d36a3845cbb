from django.urls import path

from stepdown.privacy.views import agreements, looks, rights

app_name = "privacy"
urlpatterns = [
    path("me/agree/", agreements.agree, name="agree"),
    path("me/agree/signed/", agreements.signed, name="signed"),
    path("me/agree/signed/<uuid:consent_id>/", agreements.read, name="read"),
    path("me/agree/signed/<uuid:consent_id>/file/", agreements.download, name="download"),
    path("me/looked/", looks.looked_at_me, name="looked_at_me"),
    path("me/rights/", rights.my_rights, name="my_rights"),
    path("me/rights/<uuid:request_id>/back/", rights.withdraw, name="withdraw"),
    path("staff/privacy/looks/", looks.looks, name="looks"),
    path("staff/privacy/looks/unusual/", looks.unusual, name="unusual"),
    path("staff/privacy/looks/<uuid:patient_id>/", looks.looks_at, name="looks_at"),
    path("staff/privacy/looks/<uuid:patient_id>/file/", looks.looks_file, name="looks_file"),
    path("staff/privacy/requests/", rights.requests, name="requests"),
    path("staff/privacy/requests/of/<uuid:patient_id>/", rights.record, name="record_request"),
    path("staff/privacy/requests/<uuid:request_id>/", rights.asked, name="request"),
    path("staff/privacy/requests/<uuid:request_id>/longer/", rights.longer, name="longer"),
    path("staff/privacy/requests/<uuid:request_id>/answer/", rights.answer, name="answer_request"),
]
