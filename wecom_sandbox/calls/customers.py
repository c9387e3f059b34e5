"""External contacts (客户联系): who follows whom, details, remarks, marking with tags."""

from __future__ import annotations

import json

from wecom_sandbox.calls import params
from wecom_sandbox.calls.contacts import find_user, in_scope
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row, Store

# What the API sees: a customer who left keeps a one-way relation; a request not yet accepted is nothing.
VISIBLE = "relation IN ('friends', 'left')"
FOLLOWERS_PER_PAGE = 500
MOST_TAGS = 3000


def find_follow(store: Store, userid: str, external_userid: str) -> Row | None:
    return store.one(
        f"SELECT * FROM follows WHERE userid = ? AND external_userid = ? AND {VISIBLE}",  # noqa: S608
        userid,
        external_userid,
    )


def require_member(call: Call, userid: str) -> Row:
    """Raises 60111 for nobody and 60011 for a member outside the app's scope."""
    user = find_user(call.store, userid)
    if user is None:
        raise WeComError(60111)
    if not in_scope(call.agent, user["userid"]):
        raise WeComError(60011)
    return user


def require_follow(call: Call, userid: str, external_userid: str) -> Row:
    """The relation. Raises 60111, 60011, 40096 (no such customer) or 84061 (no relation)."""
    member = require_member(call, userid)
    _require_customer(call.store, external_userid)
    follow = find_follow(call.store, member["userid"], external_userid)
    if follow is None:
        raise WeComError(84061)
    return follow


def _require_customer(store: Store, external_userid: str) -> Row:
    contact = store.one("SELECT * FROM contacts WHERE external_userid = ?", external_userid)
    if contact is None:
        raise WeComError(40096)
    return contact


@answers("GET", "externalcontact/get_follow_user_list", customers=True)
def get_follow_user_list(call: Call) -> Json:
    """Members who have the customer-contact feature: here every active member in scope."""
    rows = call.store.all("SELECT userid FROM users WHERE status = 1 ORDER BY rowid")
    return {"follow_user": [row["userid"] for row in rows if in_scope(call.agent, row["userid"])]}


@answers("GET", "externalcontact/list", customers=True)
def list_customers(call: Call) -> Json:
    """A member without customers is 84061, not an empty list."""
    member = require_member(call, params.text(call.query, "userid", missing=41009))
    rows = _follows_of(call.store, member["userid"])
    if not rows:
        raise WeComError(84061)
    return {"external_userid": [row["external_userid"] for row in rows]}


def _follows_of(store: Store, userid: str) -> list[Row]:
    return store.all(
        f"SELECT * FROM follows WHERE userid = ? AND {VISIBLE} ORDER BY rowid",  # noqa: S608
        userid,
    )


@answers("GET", "externalcontact/get", customers=True)
def get_customer(call: Call) -> Json:
    """Details and followers, 500 followers a page. Raises 41035, 40096 or 84061."""
    external_userid = params.text(call.query, "external_userid", missing=41035)
    contact = _require_customer(call.store, external_userid)
    rows = [
        row
        for row in call.store.all(
            f"SELECT * FROM follows WHERE external_userid = ? AND {VISIBLE} ORDER BY rowid",  # noqa: S608
            external_userid,
        )
        if in_scope(call.agent, row["userid"])
    ]
    if not rows:
        raise WeComError(84061)
    offset, limit = params.page(call.query, default=FOLLOWERS_PER_PAGE, most=FOLLOWERS_PER_PAGE)
    result: Json = {
        "external_contact": contact_json(contact),
        "follow_user": [_follow_user(call.store, row) for row in rows[offset : offset + limit]],
    }
    cursor = params.next_cursor(offset=offset, limit=limit, total=len(rows))
    return result | ({"next_cursor": cursor} if cursor else {})


@answers("POST", "externalcontact/batch/get_by_user", customers=True)
def batch_get_by_user(call: Call) -> Json:
    """Customers of up to 100 members, with tag ids only. `next_cursor` is empty on the last page."""
    names = params.strings(call.body, "userid_list", most=100)
    if not names:
        raise WeComError(41009)
    offset, limit = params.page(call.body, default=50, most=100)
    members = [require_member(call, name)["userid"] for name in names]
    rows = [row for userid in members for row in _follows_of(call.store, userid)]
    return {
        "external_contact_list": [
            {
                "external_contact": contact_json(_require_customer(call.store, row["external_userid"])),
                "follow_info": _follow_info(call.store, row),
            }
            for row in rows[offset : offset + limit]
        ],
        "next_cursor": params.next_cursor(offset=offset, limit=limit, total=len(rows)),
    }


@answers("POST", "externalcontact/remark", customers=True)
def remark(call: Call) -> Json:
    """Change what the member noted about the customer. At least one field; [""] clears the mobiles.

    Made through the API, so no edit event follows.
    """
    fields = {"remark": 20, "description": 150, "remark_company": 20}
    given = {
        key: params.text(call.body, key, missing=None, most=most)
        for key, most in fields.items()
        if key in call.body
    }
    mobiles = params.strings(call.body, "remark_mobiles", most=20)
    if not given and "remark_mobiles" not in call.body:
        raise WeComError(40058, "nothing to change")
    follow = require_follow(
        call,
        params.text(call.body, "userid", missing=41009),
        params.text(call.body, "external_userid", missing=41035),
    )
    changed = dict(follow) | given
    if "remark_mobiles" in call.body:
        changed["remark_mobiles"] = json.dumps([number for number in mobiles if number])
    call.store.run(
        "UPDATE follows SET remark = ?, description = ?, remark_company = ?, remark_mobiles = ?"
        " WHERE userid = ? AND external_userid = ?",
        *(changed[key] for key in ("remark", "description", "remark_company", "remark_mobiles")),
        follow["userid"],
        follow["external_userid"],
    )
    return {}


@answers("POST", "externalcontact/mark_tag", customers=True)
def mark_tag(call: Call) -> Json:
    """Put tags on, or take tags off, one member's relation. Raises 40068 for an unknown tag."""
    follow = require_follow(
        call,
        params.text(call.body, "userid", missing=41009),
        params.text(call.body, "external_userid", missing=41035),
    )
    add = params.strings(call.body, "add_tag", most=MOST_TAGS)
    remove = params.strings(call.body, "remove_tag", most=MOST_TAGS)
    if not add and not remove:
        raise WeComError(40058, "add_tag and remove_tag are both empty")
    pair = (follow["userid"], follow["external_userid"])
    for tag_id in [*add, *remove]:
        if call.store.one("SELECT 1 FROM tags WHERE tag_id = ?", tag_id) is None:
            raise WeComError(40068)
    call.store.many("INSERT OR IGNORE INTO follow_tags VALUES (?, ?, ?)", [(*pair, tag_id) for tag_id in add])
    call.store.many(
        "DELETE FROM follow_tags WHERE userid = ? AND external_userid = ? AND tag_id = ?",
        [(*pair, tag_id) for tag_id in remove],
    )
    return {}


# JSON


def contact_json(contact: Row) -> Json:
    result: Json = {key: contact[key] for key in ("external_userid", "name", "type", "gender")}
    result["avatar"] = ""
    if contact["position"]:
        result["position"] = contact["position"]
    if contact["corp_name"]:
        result |= {"corp_name": contact["corp_name"], "corp_full_name": contact["corp_name"]}
    return result


def _follow_base(row: Row) -> Json:
    result: Json = {
        key: row[key] for key in ("userid", "remark", "description", "createtime", "add_way", "state")
    }
    return result | {
        "remark_corp_name": row["remark_company"],
        "remark_mobiles": json.loads(row["remark_mobiles"]),
        "oper_userid": row["userid"],
    }


def _tags_of(store: Store, row: Row) -> list[Row]:
    return store.all(
        "SELECT t.tag_id, t.name, g.name AS group_name FROM follow_tags f JOIN tags t USING (tag_id)"
        " JOIN tag_groups g USING (group_id) WHERE f.userid = ? AND f.external_userid = ? ORDER BY f.rowid",
        row["userid"],
        row["external_userid"],
    )


def _follow_user(store: Store, row: Row) -> Json:
    labels = [
        {"group_name": tag["group_name"], "tag_name": tag["name"], "tag_id": tag["tag_id"], "type": 1}
        for tag in _tags_of(store, row)
    ]
    return _follow_base(row) | {"tags": labels}


def _follow_info(store: Store, row: Row) -> Json:
    return _follow_base(row) | {"tag_id": [tag["tag_id"] for tag in _tags_of(store, row)]}
