"""The directory of companies, in the public schema."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "guiyan.platform.tenants"
    label = "tenants"
