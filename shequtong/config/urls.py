"""Every address of the platform, face by face."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shequtong.config.watch.urls")),
    path("ui/", include("shequtong.ui.urls")),
    path("", include("shequtong.accounts.urls")),
    path("", include("shequtong.access.urls")),
    path("", include("shequtong.files.urls")),
    path("", include("shequtong.messaging.urls")),
    path("", include("shequtong.pages.urls")),
    path("", include("shequtong.territory.urls")),
    path("", include("shequtong.people.urls")),
    path("", include("shequtong.cases.urls")),
    path("", include("shequtong.interchange.urls")),
]

handler400 = "shequtong.ui.views.bad_request"
handler403 = "shequtong.ui.views.forbidden"
handler404 = "shequtong.ui.views.not_found"
handler500 = "shequtong.ui.views.server_error"
