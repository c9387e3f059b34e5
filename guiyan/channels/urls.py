"""URLs of the channels room."""

from django.urls import path

from guiyan.channels import pages

app_name = "channels"
urlpatterns = [path("callback", pages.callback, name="wecom_callback")]
