"""Where the people room's pages live (below organisation/)."""

from django.urls import path

from guiyan.people import pages

app_name = "people"
urlpatterns = [
    path("", pages.organisation, name="organisation"),
    path("departments", pages.department_create, name="department_create"),
]
