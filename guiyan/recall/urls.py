"""Where the recall room's pages live."""

from django.urls import path

from guiyan.recall import pages, template_pages

app_name = "recall"
urlpatterns = [
    path("", pages.list, name="list"),
    path("board", pages.board, name="board"),
    path("ask", pages.sheet, name="sheet"),
    path("requests/<int:request_id>", pages.request, name="request"),
    path("requests/<int:request_id>/status", pages.request_status, name="request_status"),
    path("requests/<int:request_id>/urge", pages.request_urge, name="request_urge"),
    path("requests/<int:request_id>/withdraw", pages.request_withdraw, name="request_withdraw"),
    path("requests/<int:request_id>/close", pages.request_close, name="request_close"),
    path("requests/<int:request_id>/compose", pages.compose, name="compose"),
    path("requests/<int:request_id>/compose/check", pages.compose_check, name="compose_check"),
    path("requests/<int:request_id>/compose/drop", pages.compose_drop, name="compose_drop"),
    path("requests/<int:request_id>/compose/save", pages.compose_save, name="compose_save"),
    path("requests/<int:request_id>/compose/send", pages.compose_send, name="compose_send"),
    path(
        "requests/<int:request_id>/follow-ups/<int:follow_up_id>/done",
        pages.follow_up_done,
        name="follow_up_done",
    ),
    path(
        "requests/<int:request_id>/messages/<int:outreach_id>/answer", pages.answer_note, name="answer_note"
    ),
    path(
        "requests/<int:request_id>/messages/<int:outreach_id>/resend",
        pages.outreach_resend,
        name="outreach_resend",
    ),
    path("templates", template_pages.template_list, name="template_list"),
    path("templates/<int:template_id>", template_pages.template, name="template"),
]
