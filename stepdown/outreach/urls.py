from django.urls import path

from stepdown.outreach import views, views_contact, views_devices

app_name = "outreach"
urlpatterns = [
    path("replies/", views.reply, name="reply"),
    path("staff/messages/<uuid:message_id>/", views.read, name="read"),
    path("me/devices/", views_devices.my_devices, name="my_devices"),
    path("me/<token:token>/", views.enter, name="enter"),
    path("me/<token:token>/code/", views.code, name="code"),
    path("staff/patients/<uuid:patient_id>/contact-data/", views_contact.contact_data, name="contact_data"),
    path("staff/patients/<uuid:patient_id>/link/", views.patient_link, name="patient_link"),
    path("staff/patients/<uuid:patient_id>/link/new/", views.new_link, name="new_link"),
    path("staff/patients/<uuid:patient_id>/link/send/", views.send_link, name="send_link"),
    path("staff/patients/<uuid:patient_id>/link/stop/", views.stop_link, name="stop_link"),
    path("staff/patients/<uuid:patient_id>/devices/<uuid:device_id>/end/", views.end_device, name="end_device"),
]
