"""All addresses: the portal, the workspace, and the machine's own."""

from django.conf import settings
from django.urls import include, path

from gemeente.config import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("werk/", include("gemeente.workspace.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("", include("gemeente.demonstration.urls")))
urlpatterns.append(path("", include("gemeente.portal.urls")))

handler500 = "gemeente.portal.errors.fault"
