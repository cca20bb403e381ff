"""The telephones and the control panel."""

from django.urls import path

from simulator.phone import control, views

urlpatterns = [
    path("", views.page),
    path("healthz", views.healthz),
    path("feed", views.everything),
    path("phones/", views.phones),
    path("phones/<slug:slug>/messages", views.messages),
    path("phones/<slug:slug>/messages/<str:sid>/resend", views.resend),
    path("phones/<slug:slug>/read", views.read),
    path("phones/<slug:slug>/clock", views.clock),
    path("phones/<slug:slug>/reach", views.reach),
    path("phones/<slug:slug>/messages/<str:sid>/media/<str:media_sid>", views.media),
    path("switches/", control.switches),
    path("demo-day", control.play_demo_day),
]
