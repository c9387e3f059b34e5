# ruff: noqa: E501 - published vectors are kept on one line
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.channels.wecom import crypto
from guiyan.channels.wecom.crypto import BadCallback, Keys

V2_PLAIN = (
    "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n<FromUserName><![CDATA[mycreate]]></FromUserName>\n"
    "<CreateTime>1409659813</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[hello]]></Content>\n"
    "<MsgId>4561255354251345929</MsgId>\n<AgentID>218</AgentID>\n</xml>"
)
V4_PLAIN = (
    "<xml>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n"
    "<FromUserName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>\n<ToUserName><![CDATA[messense]]></ToUserName>\n"
    "<AgentID>1</AgentID>\n<CreateTime>1411525903</CreateTime>\n</xml>"
)
TENCENT = Keys("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
WORKWX = Keys(
    "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme", "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws", "ww6a112864f8022910"
)
WECHATPY = Keys("123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a")

VECTORS = {
    "V1": (TENCENT, "1409659589", "263014780", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", b"c41b64491c2468d0",
           "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==", "1616140317555161061"),
    "V2": (TENCENT, "1409659813", "1372623149", "477715d11cdb4164915debcba66cb864d751f3e6", b"0960688932c47ef1",
           "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==", V2_PLAIN),
    "V3": (WORKWX, "1583940690", "VHh7ymSeb0jc4lSb", "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011", b"5QMsYcwjR95t2vmC",
           "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==", "94966531020182955848408"),
    "V4": (WECHATPY, "1411525903", "461056294", "407518b7649e86ef23978113f92d27afa9296533", b"1234567890123456",
           "9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYqxgNcBqGsL8GqxlhZgURnAtObvesEl5nZ+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCFM2JTF5wY0nFhHZSjPUL2Q1qvSUCUld+/WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p9FxUgMnwKKZeOA/uu+2IEvEBtb7muXsVbwbgX05UPPJvFurDXafG0RQyPR+mf1nDnAtQmmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nTYjxxEE8kv3kFxtAGVRe3ypD3WeK2XeFYFMNMpatF9XiKzHo3", V4_PLAIN),
    "V5": (WECHATPY, "1411443780", "437374425", "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96", b"2304fc2fe146f1f8",
           "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==", "5927782489442352469"),
}  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_the_published_vectors_open_and_close_exactly(name):
    keys, timestamp, nonce, mark, random16, cipher, plain = VECTORS[name]

    opened = crypto.open_verified(
        keys, msg_signature=mark, timestamp=timestamp, nonce=nonce, encrypted=cipher
    )

    assert opened == plain
    assert crypto.encrypt(keys, plain, random16) == cipher


def test_one_changed_sign_of_the_nonce_fails():
    keys, timestamp, _, mark, _, cipher, _ = VECTORS["V5"]

    with pytest.raises(BadCallback, match="signature"):
        crypto.open_verified(
            keys, msg_signature=mark, timestamp=timestamp, nonce="437374424", encrypted=cipher
        )


def test_a_message_for_another_company_is_refused():
    other = Keys(WECHATPY.token, WECHATPY.aes_key, "ww-someone-else")

    with pytest.raises(BadCallback, match="receiver"):
        crypto.decrypt(other, VECTORS["V5"][5])


@given(st.text(), st.binary(min_size=16, max_size=16))
def test_any_message_survives_the_round_trip(message, random16):
    assert crypto.decrypt(WECHATPY, crypto.encrypt(WECHATPY, message, random16)) == message


@given(st.text(max_size=200))
def test_garbage_is_refused_and_never_breaks(garbage):
    with pytest.raises(BadCallback):
        crypto.decrypt(WECHATPY, garbage)


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><A>&x;</A></xml>',
        '<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml>&b;</xml>',
        "<!DOCTYPE xml><xml/>",
        "<xml>",
        "",
    ],
)
def test_a_dtd_or_broken_xml_is_refused(attack):
    with pytest.raises(BadCallback, match="xml"):
        crypto.parse(attack)
