from django.urls import path

from . import views, views_parents

app_name = "supporters"
urlpatterns = [
    path("me/sharing/<uuid:sharing_id>/page/", views.give_page, name="give_page"),
    path("staff/sharing/<uuid:sharing_id>/page/", views.give_page_for, name="give_page_for"),
    path("me/parent/", views_parents.my_parent, name="my_parent"),
    path("with/<token:token>/", views.enter, name="enter"),
    path("with/<token:token>/code/", views.code, name="code"),
    path("with/<uuid:supporter_id>/", views.page, name="page"),
    path("with/<uuid:supporter_id>/sign/", views_parents.to_sign, name="to_sign"),
    path("with/<uuid:supporter_id>/sign/<uuid:consent_id>/", views_parents.sign, name="sign"),
    path("with/<uuid:supporter_id>/sign/<uuid:consent_id>/file/", views_parents.copy, name="copy"),
    path("with/<uuid:supporter_id>/worried/", views.worried, name="worried"),
    path("with/<uuid:supporter_id>/worried/told/", views.worried_told, name="worried_told"),
    path("with/<uuid:supporter_id>/leave/", views.leave, name="leave"),
]
