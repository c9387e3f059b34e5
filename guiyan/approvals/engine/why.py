"""Sentences behind every `Why`. Facts stay beside the code for those who want the figures."""

from guiyan.kernel.errors import gettext_noop

SENTENCES: dict[str, str] = {
    "person": gettext_noop("Named in the flow."),
    "role": gettext_noop("Holds the role the flow asks for."),
    "department_head": gettext_noop("Heads the department concerned."),
    "department_head_above": gettext_noop("Heads a department above the one concerned."),
    "requester_manager": gettext_noop("Manager of the requester."),
    "field": gettext_noop("Named in the request."),
    "instead_of_self": gettext_noop("Nobody approves their own request, so their manager decides."),
    "administrator_instead_of_self": gettext_noop(
        "Nobody approves their own request and there is no manager, so an administrator decides."
    ),
    "vacant_upward": gettext_noop("The post is vacant, so the next level up decides."),
    "vacant_administrator": gettext_noop("The post is vacant, so an administrator decides."),
    "vacant_skipped": gettext_noop("The post is vacant, and the flow passes over it."),
    "nobody_to_tell": gettext_noop("There was nobody to tell."),
    "nobody": gettext_noop(
        "Nobody can decide this step: the post is vacant and no administrator is free to act."
    ),
    "all_approved": gettext_noop("Everyone asked agreed."),
    "one_approved": gettext_noop("One of those asked agreed, which is enough."),
    "rejected": gettext_noop("One of those asked refused."),
    "done": gettext_noop("The work is done."),
    "other_decided": gettext_noop("Someone else was first."),
    "ended": gettext_noop("The request ended before this step."),
}
