"""`{% component "panel" title=… %} body {% fill "actions" %} … {% endfill %} {% endcomponent %}`."""

from typing import Any

from django.template import Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

_SLOTS = "_component_slots"


class ComponentNode(Node):
    """Renders `ui/<name>.html` in a context of its own: the given values, `slot`, `slots` and the CSRF token."""

    def __init__(
        self, name: FilterExpression, values: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.values = values
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        slots: dict[str, SafeString] = {}
        with context.push(**{_SLOTS: slots}):
            body = self.nodelist.render(context)
        if context.template is None:
            raise TemplateSyntaxError("component needs a context bound to a template")
        template = context.template.engine.get_template(f"ui/{self.name.resolve(context)}.html")
        values: dict[str, Any] = {key: value.resolve(context) for key, value in self.values.items()}
        values |= {"slot": _trimmed(body), "slots": slots, "csrf_token": context.get("csrf_token", "")}
        return template.render(context.new(values))


class FillNode(Node):
    """Hands a named part to the component around it and draws nothing in place."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        slots = context.get(_SLOTS)
        if slots is None:
            raise TemplateSyntaxError(f'fill "{self.name}" stands outside a component')
        slots[self.name] = _trimmed(self.nodelist.render(context))
        return mark_safe("")


def component(parser: Parser, token: Token) -> ComponentNode:
    """Parse `component "<file>" [key=value …]` up to `endcomponent`. Raises TemplateSyntaxError."""
    bits = token.split_contents()[1:]
    if not bits:
        raise TemplateSyntaxError(
            'component needs the name of a file in templates/ui/: {% component "panel" %}'
        )
    name, rest = parser.compile_filter(bits[0]), bits[1:]
    values = token_kwargs(rest, parser)
    if rest:
        raise TemplateSyntaxError(f"component takes key=value pairs only, not {rest[0]!r}")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, values, nodelist)


def fill(parser: Parser, token: Token) -> FillNode:
    """Parse `fill "<part>"` up to `endfill`. Raises TemplateSyntaxError."""
    bits = token.split_contents()
    if len(bits) != 2 or bits[1][0] not in "\"'" or bits[1][0] != bits[1][-1]:
        raise TemplateSyntaxError('fill needs one quoted name: {% fill "actions" %}')
    nodelist = parser.parse(("endfill",))
    parser.delete_first_token()
    return FillNode(bits[1][1:-1], nodelist)


def _trimmed(rendered: str) -> SafeString:
    """Output of a node list without the blank around it, so that `{% if slots.x %}` means "holds something"."""
    return mark_safe(rendered.strip())  # noqa: S308 - already escaped by the nodes that drew it
