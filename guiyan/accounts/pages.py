"""Doors: sign in, sign out, the administrator's invitation, one's own settings."""

from django import forms
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from guiyan.accounts import commands, signin
from guiyan.kernel.errors import Refused
from guiyan.platform import clock
from guiyan.platform.api import refusal_words
from guiyan.platform.forms import StrictForm
from guiyan.platform.routes import route


class SignInForm(StrictForm):
    """Name and password."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    password = forms.CharField(label=_("Password"), max_length=128, strip=False, widget=forms.PasswordInput)


class InviteForm(StrictForm):
    """The administrator's first password."""

    password = forms.CharField(label=_("Password"), max_length=128, strip=False, widget=forms.PasswordInput)


@route(public="the way in")
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; lead on to where the person wanted to go."""
    form = SignInForm(request.POST or None)
    words = {
        "form": form,
        "next": request.GET.get("next") or request.POST.get("next") or "",
        "error": "",
        "fix": "",
    }
    if request.method == "GET":
        return render(request, "accounts/sign_in.html", words)
    try:
        signin.sign_in(request, now=clock.now(), **form.facts_or_refuse())
    except Refused as refused:
        words["error"], words["fix"] = refusal_words(refused)
        return render(request, "accounts/sign_in.html", words, status=refused.status)
    return HttpResponseRedirect(_own_path(words["next"]))


def _own_path(wanted: object) -> str:
    path = str(wanted)
    own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if own else "/"


@route(public="ending a session needs none")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets what it kept of it."""
    logout(request)
    answer = redirect("accounts:sign_in")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@route(public="the first administrator holds a one-time token")
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator chooses a password."""
    form = InviteForm(request.POST or None)
    words = {"form": form, "error": "", "fix": ""}
    if request.method == "POST":
        try:
            commands.accept_admin_invite(token=token, now=clock.now(), **form.facts_or_refuse())
        except Refused as refused:
            transaction.set_rollback(True)
            words["error"], words["fix"] = refusal_words(refused)
            return render(request, "accounts/invite.html", words, status=refused.status)
        return redirect("accounts:sign_in")
    return render(request, "accounts/invite.html", words)


language = route(public="anyone may choose the language")(set_language)
