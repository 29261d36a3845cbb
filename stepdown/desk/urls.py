from django.urls import path

from stepdown.desk import views

app_name = "desk"
urlpatterns = [
    path("me/", views.home, name="home"),
    path("staff/", views.day, name="day"),
]
