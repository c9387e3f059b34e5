"""Where the approvals room's pages live."""

from django.urls import path

from guiyan.approvals import pages

app_name = "approvals"
urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("<int:instance_id>", pages.instance, name="instance"),
    path("<int:instance_id>/withdraw", pages.instance_withdraw, name="instance_withdraw"),
    path("<int:instance_id>/urge", pages.instance_urge, name="instance_urge"),
    path("tasks/<int:task_id>", pages.task, name="task"),
    path("tasks/<int:task_id>/approve", pages.task_approve, name="task_approve"),
    path("tasks/<int:task_id>/reject", pages.task_reject, name="task_reject"),
    path("tasks/<int:task_id>/complete", pages.task_complete, name="task_complete"),
]
