"""Every URL of the product. Each view declares its grant (checked at start-up)."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from guiyan.config import home
from guiyan.config.api import api

ROOMS = {
    "accounts": "", "people": "organisation/", "recruiting": "", "search": "find/", "approvals": "approvals/",
    "recall": "recall/", "importing": "import/", "channels": "wecom/",
}  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("healthz", home.health, name="health"),
    path("api/v1/", api.urls),
    *(
        path(prefix, include(f"guiyan.{room}.urls"))
        for room, prefix in ROOMS.items()
        if find_spec(f"guiyan.{room}.urls")
    ),
]
if find_spec("guiyan.recall.candidate_urls"):
    urlpatterns.append(path("c/", include("guiyan.recall.candidate_urls")))
if (settings.DEBUG or settings.DEVELOPMENT) and find_spec("guiyan.platform.uikit"):
    urlpatterns.append(path("ui-kit/", include("guiyan.platform.uikit.urls")))

handler400 = "guiyan.platform.middleware.bad_request"
handler404 = "guiyan.platform.middleware.page_not_found"
handler500 = "guiyan.platform.middleware.server_error"
