"""Who gets a step: rule → posts → people, with vacancy and self-approval rules, each with its why.

Order of care: nobody approves their own request; nobody who left gets a task; a post that cannot be
filled goes where the definition says; when even that fails, to an administrator; else the step is blocked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice

from guiyan.approvals.engine.definition import (
    AssigneeRule,
    CopyNode,
    DepartmentHeadRule,
    FieldRule,
    Mode,
    PersonRule,
    RequesterManagerRule,
    RoleRule,
    Vacancy,
    WorkNode,
)
from guiyan.approvals.engine.directory import Directory
from guiyan.approvals.engine.facts import ids_in
from guiyan.approvals.engine.state import Assignee, Case, Copied, Entry, Opened, Skipped, Why

MAX_CLIMB = 20  # longest reporting line followed; also what ends a circular one


@dataclass(frozen=True, slots=True)
class Post:
    """A place to fill: who holds it now (None: nobody), why it is asked, and where it is in the tree."""

    user_id: int | None
    why: Why
    department_id: int | None = None
    level: int = 1


def open_step(node: WorkNode | CopyNode, case: Case, directory: Directory, *, may_skip: bool) -> Entry | None:
    """The entry that opens `node`, or None when nobody can be found (the run is then blocked there).

    `may_skip` is False for the last approve step when nobody has approved yet: a flow never ends unasked.
    """
    posts = _posts(node.assignee, case, directory)
    if isinstance(node, CopyNode):
        readers = tuple(
            Assignee(post.user_id, post.why)
            for post in posts
            if _acts(post.user_id, directory) and post.user_id
        )
        unique = _unique(readers)
        return Copied(node.id, unique) if unique else Skipped(node.id, Why("nobody_to_tell"))
    own = case.requester_id if node.kind == "approve" else None
    filler = _Filler(node, case, directory, own, may_skip)
    assignees = filler.any_of(posts) if node.mode is Mode.ANY else filler.each_of(posts)
    if assignees is None:
        return None
    return Opened(node.id, _unique(assignees)) if assignees else Skipped(node.id, Why("vacant_skipped"))


@dataclass(slots=True)
class _Filler:
    """Fills the posts of one step. `own` is the requester when they may not take part, else None."""

    node: WorkNode
    case: Case
    directory: Directory
    own: int | None
    may_skip: bool

    def any_of(self, posts: tuple[Post, ...]) -> tuple[Assignee, ...] | None:
        """Everyone who fits; only when none does, the stand-in for the first post."""
        direct = tuple(
            Assignee(post.user_id, post.why) for post in posts if post.user_id and self._free(post.user_id)
        )
        if direct:
            return direct
        own = next((post for post in posts if post.user_id is not None and post.user_id == self.own), None)
        return self._stand_in(own or posts[0], every_administrator=True)

    def each_of(self, posts: tuple[Post, ...]) -> tuple[Assignee, ...] | None:
        """One person per post: a countersign never gets thinner because a post is vacant or one's own."""
        people: list[Assignee] = []
        for post in posts:
            if post.user_id and self._free(post.user_id):
                people.append(Assignee(post.user_id, post.why))
                continue
            found = self._stand_in(post, every_administrator=False)
            if found is None:
                return None
            people.extend(found)
        return tuple(people)

    def _stand_in(self, post: Post, *, every_administrator: bool) -> tuple[Assignee, ...] | None:
        """Who takes a post its holder cannot: nobody by rule (empty), or None when nobody is left to ask."""
        if post.user_id is not None and post.user_id == self.own:
            return self._instead_of_self(every_administrator)
        if self.node.vacancy is Vacancy.SKIP and self.may_skip:
            return ()
        if self.node.vacancy is Vacancy.UPWARD:
            for user_id in self._upward(post):
                if self._free(user_id):
                    return (Assignee(user_id, Why("vacant_upward")),)
        return self._administrators("vacant_administrator", every_administrator)

    def _instead_of_self(self, every_administrator: bool) -> tuple[Assignee, ...] | None:
        for user_id in _line(self.case.requester_id, self.directory):
            if self._free(user_id):
                return (Assignee(user_id, Why("instead_of_self")),)
        return self._administrators("administrator_instead_of_self", every_administrator)

    def _upward(self, post: Post) -> Iterator[int]:
        if post.department_id is None:
            yield from _line(self.case.requester_id, self.directory)
            return
        for level in range(post.level + 1, MAX_CLIMB + 1):
            user_id = self.directory.department_head(post.department_id, level)
            if user_id is not None:
                yield user_id

    def _administrators(self, code: str, every: bool) -> tuple[Assignee, ...] | None:
        free = [user_id for user_id in self.directory.administrators() if self._free(user_id)]
        return tuple(Assignee(user_id, Why(code)) for user_id in (free if every else free[:1])) or None

    def _free(self, user_id: int) -> bool:
        return user_id != self.own and self.directory.is_active(user_id)


def _posts(rule: AssigneeRule, case: Case, directory: Directory) -> tuple[Post, ...]:
    """Never empty: a rule that names nobody is one vacant post."""
    match rule:
        case PersonRule(user_ids=user_ids):
            return tuple(Post(user_id, Why("person")) for user_id in user_ids)
        case RoleRule(role=role, department_field=name):
            return _role_posts(role, name, case.facts, directory)
        case DepartmentHeadRule():
            return _head_posts(rule, case.facts, directory)
        case RequesterManagerRule(level=level):
            manager = next(islice(_line(case.requester_id, directory), level - 1, None), None)
            return (Post(manager, Why("requester_manager", {"level": level})),)
        case FieldRule(field=name):
            why = Why("field", {"field": name})
            return tuple(Post(user_id, why) for user_id in ids_in(case.facts, name)) or (Post(None, why),)


def _role_posts(
    role: str, name: str | None, facts: Mapping[str, object], directory: Directory
) -> tuple[Post, ...]:
    why = Why("role", {"role": role})
    departments: tuple[int | None, ...] = (ids_in(facts, name) or (None,)) if name else (None,)
    holders = (user_id for dept in departments for user_id in directory.users_with_role(role, dept))
    return tuple(Post(user_id, why) for user_id in dict.fromkeys(holders)) or (
        Post(None, why, departments[0]),
    )


def _head_posts(
    rule: DepartmentHeadRule, facts: Mapping[str, object], directory: Directory
) -> tuple[Post, ...]:
    code = "department_head" if rule.level == 1 else "department_head_above"
    why = Why(code, {"level": rule.level - 1})
    departments = next((ids for name in rule.department_fields if (ids := ids_in(facts, name))), ())
    return tuple(
        Post(directory.department_head(dept, rule.level), why, dept, rule.level) for dept in departments
    ) or (Post(None, why),)


def _line(user_id: int, directory: Directory) -> Iterator[int]:
    """Managers from the direct one upwards; ends at the top, at a circle, or after MAX_CLIMB."""
    seen = {user_id}
    for _ in islice(count(), MAX_CLIMB):
        manager = directory.manager_of(user_id)
        if manager is None or manager in seen:
            return
        seen.add(manager)
        yield manager
        user_id = manager


def _acts(user_id: int | None, directory: Directory) -> bool:
    return user_id is not None and directory.is_active(user_id)


def _unique(people: tuple[Assignee, ...]) -> tuple[Assignee, ...]:
    first: dict[int, Assignee] = {}
    for person in people:
        first.setdefault(person.user_id, person)
    return tuple(first.values())
