"""Where the recruiting room's pages live."""

from django.urls import path

from guiyan.recruiting.pages import candidates, paths, requisitions

app_name = "recruiting"
urlpatterns = [
    path("candidates", candidates.candidate_list, name="candidate_list"),
    path("candidates/new", candidates.candidate_create, name="candidate_create"),
    path("candidates/<int:candidate_id>", candidates.dossier, name="dossier"),
    path("candidates/<int:candidate_id>/edit", candidates.candidate_edit, name="candidate_edit"),
    path("candidates/<int:candidate_id>/reveal", candidates.contact_reveal, name="contact_reveal"),
    path("candidates/<int:candidate_id>/tags/add", candidates.tag_add, name="tag_add"),
    path("candidates/<int:candidate_id>/tags/remove", candidates.tag_remove, name="tag_remove"),
    path("candidates/<int:candidate_id>/wishes/add", candidates.wish_add, name="wish_add"),
    path("candidates/<int:candidate_id>/do-not-contact", candidates.do_not_contact, name="do_not_contact"),
    path("candidates/<int:candidate_id>/resumes/add", candidates.resume_upload, name="resume_upload"),
    path("candidates/<int:candidate_id>/resumes/<int:resume_id>", candidates.resume_file, name="resume_file"),
    path("candidates/<int:candidate_id>/talks/add", paths.communication_add, name="communication_add"),
    path("candidates/<int:candidate_id>/applications/add", paths.application_open, name="application_open"),
    path("applications/<int:application_id>/close", paths.application_close, name="application_close"),
    path("applications/<int:application_id>/reopen", paths.application_reopen, name="application_reopen"),
    path(
        "applications/<int:application_id>/interviews/add",
        paths.interview_schedule,
        name="interview_schedule",
    ),
    path("interviews/<int:interview_id>/end", paths.interview_end, name="interview_end"),
    path("seats/<int:seat_id>/evaluation", paths.evaluation_write, name="evaluation_write"),
    path("remarks/<int:remark_id>/share", paths.remark_share, name="remark_share"),
    path("requisitions", requisitions.requisition_list, name="requisition_list"),
    path("requisitions/new", requisitions.requisition_create, name="requisition_create"),
    path("requisitions/<int:requisition_id>", requisitions.requisition, name="requisition"),
    path("requisitions/<int:requisition_id>/edit", requisitions.requisition_edit, name="requisition_edit"),
    path("requisitions/<int:requisition_id>/state", requisitions.requisition_state, name="requisition_state"),
]
