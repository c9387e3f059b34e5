"""What comes back over the wire, as far as we use it. Unknown fields are ignored: WeCom adds them freely."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _names(value: Any) -> Any:
    """Lists that WeCom writes as "a|b" in some answers."""
    if isinstance(value, str):
        return [part for part in value.split("|") if part]
    return value or []


Names = Annotated[list[str], BeforeValidator(_names)]


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="ignore")
    errcode: int = 0
    errmsg: str = ""


class Token(Answer):
    """gettoken: valid for `expires_in` seconds unless withdrawn early."""

    access_token: str
    expires_in: int = 7200


class Sent(Answer):
    """message/send. A partly bad list of recipients still answers errcode 0."""

    msgid: str = ""
    response_code: str = ""
    invaliduser: Names = []
    unlicenseduser: Names = []


class User(Answer):
    """user/get; new apps get no phone or e-mail."""

    userid: str
    name: str = ""
    department: list[int] = []
    status: int = 1


class Department(BaseModel):
    """One row of department/list; the root has id 1."""

    model_config = ConfigDict(extra="ignore")
    id: int
    name: str = ""
    parentid: int = 0


class Departments(Answer):
    """department/list."""

    department: list[Department] = []


class FollowUser(BaseModel):
    """How one member knows a customer. `state` is what add_contact_way put into the QR code."""

    model_config = ConfigDict(extra="ignore")
    userid: str
    remark: str = ""
    createtime: int = 0
    state: str = ""
    remark_mobiles: list[str] = []


class ExternalContact(BaseModel):
    """A customer: never with a phone number of their own."""

    model_config = ConfigDict(extra="ignore")
    external_userid: str
    name: str = ""
    type: int = 1


class Contact(Answer):
    """externalcontact/get."""

    external_contact: ExternalContact
    follow_user: list[FollowUser] = []


class ContactList(Answer):
    """externalcontact/list."""

    external_userid: list[str] = []


class ContactWay(Answer):
    """add_contact_way: keep `config_id`, it cannot be found in the console."""

    config_id: str
    qr_code: str = ""


class MassTask(Answer):
    """add_msg_template: ids in `fail_list` will get nothing."""

    msgid: str
    fail_list: list[str] = []


class MassMessage(BaseModel):
    """One row of get_groupmsg_list_v2; text and attachments as sent."""

    model_config = ConfigDict(extra="ignore")
    msgid: str
    create_time: int = 0
    text: dict[str, Any] = {}
    attachments: list[dict[str, Any]] = []


class MassMessages(Answer):
    """get_groupmsg_list_v2."""

    group_msg_list: list[MassMessage] = []
    next_cursor: str = ""


class TaskRow(BaseModel):
    """A member's part of a mass message: 0 not confirmed, 2 sent (1 in old answers)."""

    model_config = ConfigDict(extra="ignore")
    userid: str
    status: int = 0
    send_time: int = 0


class TaskRows(Answer):
    """get_groupmsg_task."""

    task_list: list[TaskRow] = []
    next_cursor: str = ""


class SendRow(BaseModel):
    """One customer's part: 0 unsent, 1 sent, 2 failed not a friend, 3 failed quota used up."""

    model_config = ConfigDict(extra="ignore")
    external_userid: str = ""
    userid: str = ""
    status: int = 0
    send_time: int = 0


class SendRows(Answer):
    """get_groupmsg_send_result."""

    send_list: list[SendRow] = []
    next_cursor: str = ""


class CardUpdate(Answer):
    """update_template_card."""

    invaliduser: Names = Field(default_factory=list)
