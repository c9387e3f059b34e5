"""One company = one schema; its host names lead to it."""

from typing import ClassVar

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from guiyan.platform.classes import C0, FieldClass


class Company(TenantMixin):  # type: ignore[misc]  # django-tenants ships no types
    """企业: a customer of this installation. `name` is on screen, `full_name` is the legal one."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "schema_name": C0, "name": C0, "full_name": C0, "created_at": C0, "migrated_at": C0, "migration_error": C0,
    }  # fmt: skip
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    migrated_at = models.DateTimeField(null=True)
    migration_error = models.TextField(blank=True)

    auto_create_schema = False  # our own creation makes the data key in the same breath
    auto_drop_schema = False


class Domain(DomainMixin):  # type: ignore[misc]
    """A host name that leads to a company."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"domain": C0, "is_primary": C0}
