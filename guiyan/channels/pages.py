"""The door WeCom knocks on: verification and events. Acknowledged at once, done later."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guiyan.channels.jobs import handle_callback
from guiyan.channels.wecom import callbacks, connection, crypto
from guiyan.channels.wecom.crypto import BadCallback
from guiyan.platform import clock
from guiyan.platform.routes import route

log = logging.getLogger("guiyan.channels")
MOST_BYTES = 64 * 1024


@csrf_exempt
@require_http_methods(["GET", "POST"])
@route(public="WeCom's servers call it; every request is signed and sealed with the company's keys")
def callback(request: HttpRequest) -> HttpResponse:
    """GET proves that we hold the keys; POST stores one event and answers empty. Anything else: 403, no reason given."""
    keys = connection.callback_keys()
    if not keys.token or not keys.aes_key:
        return HttpResponseForbidden()
    try:
        if request.method == "GET":
            return HttpResponse(
                _open(request, keys, request.GET.get("echostr", "")), content_type="text/plain"
            )
        if len(request.body) > MOST_BYTES:
            raise BadCallback("size")
        sealed = crypto.field(crypto.parse(request.body), "Encrypt")
        stored = callbacks.store(_open(request, keys, sealed), now=clock.now())
    except BadCallback as bad:
        log.warning("callback refused: %s", bad)
        return HttpResponseForbidden()
    if stored is not None:
        handle_callback.later(callback_id=stored)
    return HttpResponse("")


def _open(request: HttpRequest, keys: crypto.Keys, sealed: str) -> str:
    return crypto.open_verified(
        keys,
        msg_signature=request.GET.get("msg_signature", ""),
        timestamp=request.GET.get("timestamp", ""),
        nonce=request.GET.get("nonce", ""),
        encrypted=sealed,
    )
