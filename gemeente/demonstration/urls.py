"""The addresses that only a demonstration has. The choice of people takes the place of the portal's own log-in page."""

from django.urls import path

from gemeente.demonstration import views

urlpatterns = [
    path("inloggen/", views.choose, name="log_in"),
    path("postbus/", views.postbus, name="postbus"),
    path("postbus/<slug:box>/", views.mailbox, name="mailbox"),
    path("postbus/<slug:box>/<str:key>/", views.mail, name="mail"),
    path("postbus/<slug:box>/<str:key>/bron/", views.source, name="mail_source"),
]
