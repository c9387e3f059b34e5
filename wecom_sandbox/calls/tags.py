"""Corp tags of 客户联系: groups and tags. An app changes only the tags it made."""

from __future__ import annotations

import secrets

from wecom_sandbox.calls import params
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row, Store

MOST = 3000  # tags per company in the older documents


@answers("POST", "externalcontact/get_corp_tag_list", customers=True)
def get_corp_tag_list(call: Call) -> Json:
    """All groups, or those of `group_id`, or (only when that is absent) those holding `tag_id`."""
    groups = params.strings(call.body, "group_id", most=1000)
    tag_ids = params.strings(call.body, "tag_id", most=1000)
    shown = []
    for group in call.store.all("SELECT * FROM tag_groups ORDER BY ord DESC, rowid"):
        labels = _tags(call.store, group["group_id"])
        if groups and group["group_id"] not in groups:
            continue
        if tag_ids and not groups:
            labels = [tag for tag in labels if tag["tag_id"] in tag_ids]
            if not labels:
                continue
        shown.append(_group_json(group, labels))
    return {"tag_group": shown}


@answers("POST", "externalcontact/add_corp_tag", customers=True)
def add_corp_tag(call: Call) -> Json:
    """Add tags to a group, made when its name is new; a tag name that exists there is reused."""
    wanted = params.objects(call.body, "tag", least=1, most=100)
    group = _find_or_make_group(call)
    kept = []
    for item in wanted:
        name = params.text(item, "name", most=30)
        row = call.store.one("SELECT * FROM tags WHERE group_id = ? AND name = ?", group["group_id"], name)
        if row is None:
            row = _make_tag(call, group["group_id"], name, params.integer(item, "order", 0))
        kept.append(row)
    return {"tag_group": _group_json(group, kept)}


@answers("POST", "externalcontact/edit_corp_tag", customers=True)
def edit_corp_tag(call: Call) -> Json:
    """Rename or reorder a tag or a group. Raises 40068 (unknown), 40071 (name taken), 48002 (not the maker)."""
    given = params.text(call.body, "id", missing=40068)
    name = params.text(call.body, "name", missing=None, most=30)
    tag = call.store.one("SELECT * FROM tags WHERE tag_id = ?", given)
    group = call.store.one("SELECT * FROM tag_groups WHERE group_id = ?", given)
    row = tag or group
    if row is None:
        raise WeComError(40068)
    order = params.integer(call.body, "order", row["ord"])
    if tag is not None:
        _require_maker(call, tag)
        if name and name != tag["name"] and _tag_named(call.store, tag["group_id"], name):
            raise WeComError(40071)
        call.store.run(
            "UPDATE tags SET name = ?, ord = ? WHERE tag_id = ?", name or tag["name"], order, given
        )
        return {}
    same = call.store.one("SELECT 1 FROM tag_groups WHERE name = ? AND group_id <> ?", name, given)
    if name and same:
        raise WeComError(40071)
    call.store.run(
        "UPDATE tag_groups SET name = ?, ord = ? WHERE group_id = ?", name or row["name"], order, given
    )
    return {}


@answers("POST", "externalcontact/del_corp_tag", customers=True)
def del_corp_tag(call: Call) -> Json:
    """Delete tags and whole groups; a group without tags vanishes."""
    tag_ids = params.strings(call.body, "tag_id", most=1000)
    groups = params.strings(call.body, "group_id", most=1000)
    if not tag_ids and not groups:
        raise WeComError(40058, "tag_id and group_id are both empty")
    rows = [call.store.one("SELECT * FROM tags WHERE tag_id = ?", tag_id) for tag_id in tag_ids]
    rows += [row for group in groups for row in _tags(call.store, group)]
    for row in rows:
        if row is None:
            raise WeComError(40068)
        _require_maker(call, row)
        call.store.run("DELETE FROM follow_tags WHERE tag_id = ?", row["tag_id"])
        call.store.run("DELETE FROM tags WHERE tag_id = ?", row["tag_id"])
    call.store.run("DELETE FROM tag_groups WHERE group_id NOT IN (SELECT group_id FROM tags)")
    return {}


def _find_or_make_group(call: Call) -> Row:
    group_id = params.text(call.body, "group_id", missing=None)
    name = params.text(call.body, "group_name", missing=None, most=30)
    if not group_id and not name:
        raise WeComError(40063, "missing group_id or group_name")
    find = (
        "SELECT * FROM tag_groups WHERE group_id = ?"
        if group_id
        else "SELECT * FROM tag_groups WHERE name = ?"
    )
    row = call.store.one(find, group_id or name)
    if row is None and group_id:
        raise WeComError(40068, "invalid group_id")
    if row is None:
        order = params.integer(call.body, "order", 0)
        call.store.run(
            "INSERT INTO tag_groups VALUES (?, ?, ?, ?)", f"et{secrets.token_hex(15)}", name, order, call.now
        )
        row = call.store.one(find, name)
    assert row is not None  # noqa: S101 - found or just made
    return row


def _make_tag(call: Call, group_id: str, name: str, order: int) -> Row:
    if call.store.number("SELECT count(*) FROM tags") >= MOST:
        raise WeComError(45009, "corp tag limit")
    tag_id = f"et{secrets.token_hex(15)}"
    call.store.run(
        "INSERT INTO tags VALUES (?, ?, ?, ?, ?, ?)", tag_id, group_id, name, order, call.now, call.secret
    )
    row = call.store.one("SELECT * FROM tags WHERE tag_id = ?", tag_id)
    assert row is not None  # noqa: S101 - just made
    return row


def _require_maker(call: Call, tag: Row) -> None:
    if tag["maker"] != call.secret:
        raise WeComError(48002, "an app changes only the tags it made")


def _tags(store: Store, group_id: str) -> list[Row]:
    return store.all("SELECT * FROM tags WHERE group_id = ? ORDER BY ord DESC, rowid", group_id)


def _tag_named(store: Store, group_id: str, name: str) -> bool:
    return store.one("SELECT 1 FROM tags WHERE group_id = ? AND name = ?", group_id, name) is not None


def _group_json(group: Row, labels: list[Row]) -> Json:
    return {
        "group_id": group["group_id"],
        "group_name": group["name"],
        "create_time": group["create_time"],
        "order": group["ord"],
        "deleted": False,
        "tag": [
            {
                "id": tag["tag_id"],
                "name": tag["name"],
                "create_time": tag["create_time"],
                "order": tag["ord"],
                "deleted": False,
            }
            for tag in labels
        ],
    }
