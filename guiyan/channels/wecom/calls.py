"""The calls we use, typed. Paths and names are WeCom's own; see docs/wecom.md for their limits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from guiyan.channels.wecom import wire
from guiyan.channels.wecom.client import Wire

LONGEST_LOOK_BACK = 30 * 24 * 3600  # get_groupmsg_list_v2 takes at most a month
DUPLICATE_SECONDS = 4 * 3600  # the longest interval message/send offers


class App:
    """The self-built app: messages to employees and the directory."""

    def __init__(self, transport: Wire, agentid: int) -> None:
        self.wire, self.agentid = transport, agentid

    def send(self, touser: str, kind: str, content: Mapping[str, Any]) -> wire.Sent:
        """message/send to one member. An identical body within 4 hours is delivered once (WeCom's own check)."""
        body = {
            "touser": touser,
            "msgtype": kind,
            "agentid": self.agentid,
            kind: content,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": DUPLICATE_SECONDS,
        }
        return self.wire.post("message/send", wire.Sent, body)

    def close_card(self, userids: Sequence[str], response_code: str, words: str) -> wire.CardUpdate:
        """update_template_card: the buttons become one dead line. A response code works once, for 72 hours."""
        body = {
            "userids": list(userids),
            "agentid": self.agentid,
            "response_code": response_code,
            "button": {"replace_name": words},
        }
        return self.wire.post("message/update_template_card", wire.CardUpdate, body)

    def user(self, userid: str) -> wire.User:
        """user/get."""
        return self.wire.get("user/get", wire.User, userid=userid)

    def departments(self) -> list[wire.Department]:
        """department/list, within the app's visible range."""
        return self.wire.get("department/list", wire.Departments).department


class Customers:
    """客户联系: external contacts and mass messages."""

    def __init__(self, transport: Wire) -> None:
        self.wire = transport

    def contact(self, external_userid: str) -> wire.Contact:
        """externalcontact/get, with the members who know the person."""
        return self.wire.get("externalcontact/get", wire.Contact, external_userid=external_userid)

    def contacts_of(self, userid: str) -> list[str]:
        """externalcontact/list: external ids of one member. A member without any raises NotFriends."""
        return self.wire.get("externalcontact/list", wire.ContactList, userid=userid).external_userid

    def add_contact_way(self, userid: str, *, state: str, remark: str = "") -> wire.ContactWay:
        """A "contact me" QR code of one member. `state` (≤ 30 signs, random, no names) comes back when added."""
        body = {
            "type": 1,
            "scene": 2,
            "user": [userid],
            "state": state,
            "remark": remark,
            "skip_verify": True,
        }
        return self.wire.post("externalcontact/add_contact_way", wire.ContactWay, body)

    def add_mass_message(
        self, *, sender: str, external_userid: str, text: str, link: Mapping[str, str]
    ) -> wire.MassTask:
        """add_msg_template for one person: nothing is sent until `sender` confirms it on the phone."""
        body = {
            "chat_type": "single",
            "external_userid": [external_userid],
            "sender": sender,
            "text": {"content": text},
            "attachments": [{"msgtype": "link", "link": dict(link)}],
        }
        return self.wire.post("externalcontact/add_msg_template", wire.MassTask, body)

    def mass_messages(self, *, since: datetime, until: datetime) -> Iterator[wire.MassMessage]:
        """get_groupmsg_list_v2, page by page: the tasks made in the period (at most a month)."""
        start, end = int(since.timestamp()), int(until.timestamp())
        body: dict[str, Any] = {
            "chat_type": "single",
            "start_time": max(start, end - LONGEST_LOOK_BACK),
            "end_time": end,
            "limit": 100,
        }
        while True:
            page = self.wire.post("externalcontact/get_groupmsg_list_v2", wire.MassMessages, body)
            yield from page.group_msg_list
            if not page.next_cursor:
                return
            body = {**body, "cursor": page.next_cursor}

    def task_of(self, msgid: str, userid: str) -> wire.TaskRow | None:
        """get_groupmsg_task: has this member confirmed?"""
        page = self.wire.post(
            "externalcontact/get_groupmsg_task", wire.TaskRows, {"msgid": msgid, "limit": 1000}
        )
        return next((row for row in page.task_list if row.userid == userid), None)

    def result_of(self, msgid: str, userid: str, external_userid: str) -> wire.SendRow | None:
        """get_groupmsg_send_result for one person."""
        body = {"msgid": msgid, "userid": userid, "limit": 1000}
        page = self.wire.post("externalcontact/get_groupmsg_send_result", wire.SendRows, body)
        return next((row for row in page.send_list if row.external_userid == external_userid), None)

    def remind_sender(self, msgid: str) -> None:
        """remind_groupmsg_send: at most 3 times in 24 hours for a task."""
        self.wire.post("externalcontact/remind_groupmsg_send", wire.Answer, {"msgid": msgid})

    def cancel(self, msgid: str) -> None:
        """cancel_groupmsg_send: stops what is not confirmed yet; what was sent cannot be taken back."""
        self.wire.post("externalcontact/cancel_groupmsg_send", wire.Answer, {"msgid": msgid})
