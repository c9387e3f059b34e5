"""Vectors V1–V5: Tencent's samples and those of other SDKs."""

from __future__ import annotations

import pytest

from wecom_sandbox import crypto

K1 = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
K4 = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
V2_PLAIN = (
    "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n<FromUserName><![CDATA[mycreate]]></FromUserName>\n"
    "<CreateTime>1409659813</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[hello]]></Content>\n"
    "<MsgId>4561255354251345929</MsgId>\n<AgentID>218</AgentID>\n</xml>"
)
V2_CIPHER = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUk"
    "SUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekU"
    "NXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rU"
    "PA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+"
    "qN+E7Q=="
)
V4_PLAIN = (
    "<xml>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n"
    "<FromUserName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>\n<ToUserName><![CDATA[messense]]></ToUserName>\n"
    "<AgentID>1</AgentID>\n<CreateTime>1411525903</CreateTime>\n</xml>"
)
V4_CIPHER = (
    "9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYqxgNcBqGsL8GqxlhZgURnAtObvesEl5nZ"
    "+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCFM2JTF5wY0nFhHZSjPUL2Q1qvSUCUld+/WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p"
    "9FxUgMnwKKZeOA/uu+2IEvEBtb7muXsVbwbgX05UPPJvFurDXafG0RQyPR+mf1nDnAtQmmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nTYjxxEE8kv3kF"
    "xtAGVRe3ypD3WeK2XeFYFMNMpatF9XiKzHo3"
)
VECTORS = {
    "V1": (
        "QDG6eK", K1, "1409659589", "263014780", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "wx5823bf96d3bd56c7",
        "c41b64491c2468d0",
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
        "1616140317555161061",
    ),
    "V2": (
        "QDG6eK", K1, "1409659813", "1372623149", "477715d11cdb4164915debcba66cb864d751f3e6", "wx5823bf96d3bd56c7",
        "0960688932c47ef1", V2_CIPHER, V2_PLAIN,
    ),
    "V3": (
        "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme", "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws", "1583940690",
        "VHh7ymSeb0jc4lSb", "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011", "ww6a112864f8022910", "5QMsYcwjR95t2vmC",
        "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==",
        "94966531020182955848408",
    ),
    "V4": (
        "123456", K4, "1411525903", "461056294", "407518b7649e86ef23978113f92d27afa9296533", "wx49f0ab532d5d035a",
        "1234567890123456", V4_CIPHER, V4_PLAIN,
    ),
    "V5": (
        "123456", K4, "1411443780", "437374425", "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96", "wx49f0ab532d5d035a",
        "2304fc2fe146f1f8",
        "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
        "5927782489442352469",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_given_a_published_vector_when_signed_decrypted_and_encrypted_then_all_three_agree(name):
    token, key, timestamp, nonce, mark, receiver, random16, cipher, plain = VECTORS[name]

    assert crypto.signature(token=token, timestamp=timestamp, nonce=nonce, encrypted=cipher) == mark
    assert crypto.decrypt(cipher, key=key, receive_id=receiver) == plain
    assert crypto.encrypt(plain, key=key, receive_id=receiver, random16=random16) == cipher


def test_given_v5_with_another_nonce_when_verified_then_it_fails():
    token, _, timestamp, nonce, mark, _, _, cipher, _ = VECTORS["V5"]

    assert crypto.verify(token=token, timestamp=timestamp, nonce=nonce, encrypted=cipher, given=mark)
    assert not crypto.verify(
        token=token, timestamp=timestamp, nonce="437374424", encrypted=cipher, given=mark
    )


def test_given_another_receiver_when_decrypted_then_refused():
    _, key, _, _, _, _, _, cipher, _ = VECTORS["V1"]

    with pytest.raises(crypto.BadCiphertext, match="receiver"):
        crypto.decrypt(cipher, key=key, receive_id="ww-somebody-else")


@pytest.mark.parametrize("length", [0, 1, 7, 8, 31, 32, 300])
def test_given_any_length_when_encrypted_then_padded_to_32_and_back(length):
    plain = "雁" * length

    cipher = crypto.encrypt(plain, key=K1, receive_id="ww1")

    assert crypto.decrypt(cipher, key=K1, receive_id="ww1") == plain


@pytest.mark.parametrize("key", ["", "short", "a" * 42, "a" * 44])
def test_given_a_key_of_wrong_length_then_refused(key):
    with pytest.raises(ValueError, match="43 characters"):
        crypto.aes_key(key)
