"""The candidate's page, behind a link nobody can guess."""

from django.urls import path

from guiyan.recall import candidate_pages

app_name = "candidate"
urlpatterns = [
    path("<str:token>", candidate_pages.letter, name="letter"),
    path("<str:token>/opened", candidate_pages.opened, name="opened"),
    path("<str:token>/answer", candidate_pages.answer, name="answer"),
]
