"""Where the accounts room's pages live."""

from django.urls import path

from guiyan.accounts import pages

app_name = "accounts"
urlpatterns = [
    path("sign-in", pages.sign_in, name="sign_in"),
    path("sign-out", pages.sign_out, name="sign_out"),
    path("invite/<str:token>", pages.invite, name="invite"),
    path("language", pages.language, name="language"),
]
