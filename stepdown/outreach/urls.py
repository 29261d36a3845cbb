from django.urls import path

from stepdown.outreach.views import contact, devices, links, my_contact

app_name = "outreach"
urlpatterns = [
    path("replies/", links.reply, name="reply"),
    path("staff/messages/<uuid:message_id>/", links.read, name="read"),
    path("me/contact/", my_contact.my_contact, name="my_contact"),
    path("me/contact/codes/", my_contact.codes, name="my_contact_codes"),
    path("me/devices/", devices.my_devices, name="my_devices"),
    path("me/<token:token>/", links.enter, name="enter"),
    path("me/<token:token>/code/", links.code, name="code"),
    path("staff/patients/<uuid:patient_id>/contact-data/", contact.contact_data, name="contact_data"),
    path("staff/patients/<uuid:patient_id>/link/", links.patient_link, name="patient_link"),
    path("staff/patients/<uuid:patient_id>/link/new/", links.new_link, name="new_link"),
    path("staff/patients/<uuid:patient_id>/link/send/", links.send_link, name="send_link"),
    path("staff/patients/<uuid:patient_id>/link/stop/", links.stop_link, name="stop_link"),
    path("staff/patients/<uuid:patient_id>/devices/<uuid:device_id>/end/", links.end_device, name="end_device"),
]
