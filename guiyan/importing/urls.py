"""Where the import pages live."""

from django.urls import path

from guiyan.importing import pages

app_name = "importing"
urlpatterns = [
    path("", pages.index, name="index"),
    path("upload", pages.upload, name="upload"),
    path("<int:batch_id>", pages.batch, name="batch"),
    path("<int:batch_id>/write", pages.batch_write, name="batch_write"),
    path("<int:batch_id>/issues.csv", pages.batch_issues, name="batch_issues"),
    path("questions/<int:row_id>/answer", pages.question_answer, name="question_answer"),
]
