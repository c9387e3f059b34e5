"""Which company a host name leads to, remembered for some seconds so that a page needs no look-up."""

import time
from dataclasses import dataclass

from django_tenants.utils import schema_context

from guiyan.platform.tenants.models import Company, Domain

REMEMBER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What a request needs to know of its company. Shaped as django-tenants' `set_tenant` expects."""

    pk: int
    schema_name: str
    name: str
    full_name: str
    tenant_type: str | None = None


_seen: dict[str, tuple[float, CompanyFacts | None]] = {}


def company_of(host: str) -> CompanyFacts | None:
    """The company of a host name; on an installation with one company every host leads to it."""
    at, facts = _seen.get(host, (0.0, None))
    if facts is not None and time.monotonic() - at < REMEMBER_SECONDS:
        return facts
    facts = _look_up(host)
    _seen[host] = (time.monotonic(), facts)
    return facts


def forget_companies() -> None:
    """Drop what is remembered (a company was renamed, a test swapped databases)."""
    _seen.clear()


def _look_up(host: str) -> CompanyFacts | None:
    with schema_context("public"):
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
        if domain is not None:
            return _facts(domain.tenant)
        companies = list(Company.objects.exclude(schema_name="public")[:2])
    return _facts(companies[0]) if len(companies) == 1 else None


def _facts(company: Company) -> CompanyFacts:
    return CompanyFacts(company.pk, company.schema_name, company.name, company.full_name or company.name)
