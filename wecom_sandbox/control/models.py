"""Bodies of the control API. Unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, ConfigDict, Field, TypeAdapter

from wecom_sandbox import crypto


def _usable_key(value: str) -> str:
    crypto.aes_key(value)
    return value


def _usable_url(value: str) -> str:
    TypeAdapter(AnyHttpUrl).validate_python(value)
    return value


Url = Annotated[str, AfterValidator(_usable_url)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=128)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Agent(Body):
    """A self-built app. `scope`: userids it may see, None for all. `external_contact`: may call 客户联系."""

    agentid: int
    secret: Name
    name: Name
    external_contact: bool = True
    scope: list[str] | None = None


class Callback(Body):
    url: Url
    token: Name
    aes_key: Annotated[str, AfterValidator(_usable_key)]


class Department(Body):
    id: int
    name: Name
    parentid: int = 0
    order: int = 0


class User(Body):
    userid: Annotated[str, Field(min_length=1, max_length=64)]
    name: Name
    position: str = ""
    department: list[int] = Field(default_factory=lambda: [1])
    mobile: str = ""
    status: Literal[1, 2, 4, 5] = 1


class Follow(Body):
    """The member is the customer's friend. `tags` are names; missing ones are made in the group 标签."""

    userid: str
    remark: str | None = None
    description: str | None = None
    state: str | None = None
    tags: list[str] = Field(default_factory=list)
    add_way: int = 1


class Contact(Body):
    external_userid: Name
    name: Name
    corp_name: str = ""
    position: str = ""
    type: Literal[1, 2] = 1
    gender: Literal[0, 1, 2] = 0
    follow: list[Follow] = Field(default_factory=list)


class Quota(Body):
    count: Annotated[int, Field(ge=0)]
    per: Literal["day", "week", "month"]


class Setup(Body):
    """The company as its administrator would set it up. Upsert: what exists is updated, nothing is removed.

    `group_send_quota`: group messages one customer may get; a number is per month; None is the real default
    (as many as the month has days). `trusted_domains`: hosts OAuth may return to; None allows loopback only.
    """

    corpid: Name
    corp_name: Name
    corp_full_name: str = ""
    agents: list[Agent] = Field(default_factory=list)
    contact_secret: str | None = None
    callback: Callback | None = None
    departments: list[Department] = Field(default_factory=list)
    users: list[User] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)
    group_send_quota: int | Quota | None = None
    trusted_domains: list[str] | None = None


class Clock(Body):
    advance_seconds: Annotated[int, Field(ge=0, le=366 * 24 * 3600)]


class Fail(Body):
    """The next `times` calls of `path` ("*" for any; without /cgi-bin/) answer `errcode`. 0 times takes it back."""

    path: str
    errcode: int
    times: Annotated[int, Field(ge=0, le=1000)] = 1


class Faults(Body):
    expire_tokens: bool = False
    revoke_tokens: bool = False
    fail: Fail | None = None
    deny_ip: bool | None = None
    duplicate_callbacks: Annotated[int, Field(ge=0, le=5)] | None = None
    reorder_callbacks: bool | None = None
    groupmsg_dispatch_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    calls_per_minute: Annotated[int, Field(ge=1)] | None = None
    clear: bool = False


class Click(Body):
    """`selected`: question_key → option ids, for cards that ask something."""

    key: str
    selected: dict[str, list[str]] = Field(default_factory=dict)


class Said(Body):
    text: Text


class Remark(Body):
    remark: Annotated[str, Field(max_length=20)]


class Member(Body):
    userid: str


class Customer(Body):
    external_userid: str


class Scan(Body):
    config_id: str


class Tap(Body):
    message_id: int


class EnterAgent(Body):
    agentid: int


class Reset(Body):
    """`all`: forget the company too."""

    all: bool = False


class Nothing(Body):
    """No fields."""
