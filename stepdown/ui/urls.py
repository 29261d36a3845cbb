from django.urls import path

from stepdown.ui import views

app_name = "ui"
urlpatterns = [path("gallery/", views.show_gallery, name="gallery")]
