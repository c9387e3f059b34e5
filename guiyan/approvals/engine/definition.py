"""A flow definition: validated, versioned data. Nothing here knows people, time or the database.

`format` is the version of this grammar. Format 1 is a straight line of approve, handler and copy nodes;
a later format may add node kinds, and running instances keep the document they started with.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from guiyan.kernel.errors import Refused, gettext_noop

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
Hours = Annotated[int, Field(ge=1, le=400)]
Level = Annotated[int, Field(ge=1, le=10)]


class InvalidDefinition(Refused):
    """`problems` lists every fault as {"where": path, "what": sentence}, so that one look repairs all."""

    code = "invalid_flow_definition"
    status = 400
    message = gettext_noop("This flow definition cannot be used: %(first)s")
    fix = gettext_noop("Correct the places named in the list and try again.")


class Mode(StrEnum):
    """How many of a step's people must answer."""

    ANY = "any"
    ALL = "all"
    IN_ORDER = "in_order"


class Vacancy(StrEnum):
    """Who takes a step whose assignee does not exist or has left."""

    ADMINISTRATOR = "administrator"
    UPWARD = "upward"
    SKIP = "skip"


class SelfApproval(StrEnum):
    """When the requester would have to approve: their manager decides, or the start is refused."""

    MANAGER = "manager"
    REFUSE = "refuse"


class Strict(BaseModel):
    """Unknown keys are refused, and a definition never changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FactField(Strict):
    """One fact a subject brings along. C2 and above stay with the subject, whose card shows them by right.

    `chosen`: the requester picks it; otherwise the server computes it. `many`: a list of ids.
    """

    name: Name
    title: Words
    kind: Literal["text", "integer", "boolean", "date", "person", "department"]
    data_class: Literal["C0", "C1"] = "C1"
    chosen: bool = False
    many: bool = False
    required: bool = True

    @model_validator(mode="after")
    def lists_are_of_ids(self) -> Self:
        if self.many and self.kind not in {"person", "department"}:
            raise ValueError("only person and department fields may hold many values")
        return self


class PersonRule(Strict):
    """These people, by user id."""

    kind: Literal["person"]
    user_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=50)]


class RoleRule(Strict):
    """Holders of a role; with `department_field`, only those whose grant covers that department."""

    kind: Literal["role"]
    role: Name
    department_field: Name | None = None


class DepartmentHeadRule(Strict):
    """Heads of the departments in the first of `department_fields` that is filled."""

    kind: Literal["department_head"]
    department_fields: Annotated[tuple[Name, ...], Field(min_length=1, max_length=5)]
    level: Level = 1


class RequesterManagerRule(Strict):
    """The requester's manager; level 2 is the manager's manager."""

    kind: Literal["requester_manager"]
    level: Level = 1


class FieldRule(Strict):
    """The people named in a fact."""

    kind: Literal["field"]
    field: Name


AssigneeRule = Annotated[
    PersonRule | RoleRule | DepartmentHeadRule | RequesterManagerRule | FieldRule, Field(discriminator="kind")
]


class ApproveNode(Strict):
    """A step that is decided yes or no. `question` is what the approver is asked to judge."""

    kind: Literal["approve"]
    id: Name
    title: Words
    question: Words
    assignee: AssigneeRule
    mode: Mode = Mode.ANY
    vacancy: Vacancy = Vacancy.ADMINISTRATOR
    due_working_hours: Hours | None = None


class HandlerNode(Strict):
    """A step in which someone does a piece of work. `question` says what is to be done."""

    kind: Literal["handler"]
    id: Name
    title: Words
    question: Words
    assignee: AssigneeRule
    mode: Mode = Mode.ANY
    vacancy: Vacancy = Vacancy.ADMINISTRATOR
    due_working_hours: Hours | None = None


class CopyNode(Strict):
    """People who are told and decide nothing. With nobody to tell, the step is passed over."""

    kind: Literal["copy"]
    id: Name
    title: Words
    assignee: AssigneeRule


WorkNode = ApproveNode | HandlerNode
Node = Annotated[ApproveNode | HandlerNode | CopyNode, Field(discriminator="kind")]


class FlowDefinition(Strict):
    """One flow: its facts and its steps in order. `key` names it for ever; versions are counted outside."""

    format: Literal[1]
    key: Name
    title: Words
    self_approval: SelfApproval = SelfApproval.MANAGER
    fields: Annotated[tuple[FactField, ...], Field(max_length=60)] = ()
    nodes: Annotated[tuple[Node, ...], Field(max_length=50)]

    @model_validator(mode="after")
    def holds_together(self) -> Self:
        """Ids are unique, somebody approves, and every rule reads a declared field of the right kind."""
        _unique("field", [field.name for field in self.fields])
        _unique("node", [node.id for node in self.nodes])
        if not any(node.kind == "approve" for node in self.nodes):
            raise ValueError("a flow needs at least one approve node")
        kinds = {field.name: field.kind for field in self.fields}
        for node in self.nodes:
            for name, wanted in _fields_read(node.assignee):
                if kinds.get(name) != wanted:
                    raise ValueError(
                        f"node {node.id} reads field {name}, which is not a declared {wanted} field"
                    )
        return self


def parse_definition(document: Mapping[str, Any]) -> FlowDefinition:
    """Read a document as stored or uploaded. Raises InvalidDefinition with every fault and its place."""
    try:
        return FlowDefinition.model_validate(document)
    except ValidationError as error:
        problems = [
            {"where": ".".join(str(part) for part in fault["loc"]) or "flow", "what": fault["msg"]}
            for fault in error.errors(include_url=False, include_input=False)
        ]
        first = f"{problems[0]['where']}: {problems[0]['what']}"
        raise InvalidDefinition(first=first, problems=problems) from error


def _unique(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what} ids must be unique: {', '.join(twice)}")


def _fields_read(rule: AssigneeRule) -> list[tuple[str, str]]:
    match rule:
        case DepartmentHeadRule(department_fields=names):
            return [(name, "department") for name in names]
        case RoleRule(department_field=str(name)):
            return [(name, "department")]
        case FieldRule(field=name):
            return [(name, "person")]
        case _:
            return []
