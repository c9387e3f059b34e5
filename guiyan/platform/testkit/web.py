"""A signed-in test client, through the same session marks the sign-in page sets."""

import time

from django.test import Client

from guiyan.accounts.middleware import SEEN, STARTED
from guiyan.accounts.models import User


def signed_in(user: User, client: Client | None = None) -> Client:
    """A client whose session belongs to the user. Host `testserver`, as the test company's domain."""
    found = client or Client()
    found.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = found.session
    session[STARTED] = session[SEEN] = time.time()
    session.save()
    return found
