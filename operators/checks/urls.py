from django.urls import path

from operators.checks import views

app_name = "checks"
urlpatterns = [
    path("", views.checks, name="checks"),
    path("<uuid:check_id>/", views.check, name="check"),
    path("<uuid:check_id>/around/", views.around, name="around"),
    path("<uuid:check_id>/begin/", views.begin, name="begin"),
    path("<uuid:check_id>/note/", views.note, name="note"),
    path("<uuid:check_id>/photo/", views.take_photo, name="take-photo"),
    path("<uuid:check_id>/finish/", views.finish, name="finish"),
    path("<uuid:check_id>/officers/add/", views.add_officer, name="add-officer"),
    path("<uuid:check_id>/officers/remove/", views.remove_officer, name="remove-officer"),
    path("<uuid:check_id>/photos/<uuid:photo_id>/", views.photo, name="photo"),
    path("<uuid:check_id>/photos/<uuid:photo_id>/thumb/", views.thumbnail, name="thumbnail"),
]
