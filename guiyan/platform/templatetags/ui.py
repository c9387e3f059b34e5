"""`{% load ui %}`: the tags and filters of the component kit. For authors: templates/ui/README.md."""

from django import template

from guiyan.platform.uikit import components, fields, formats, icons

register = template.Library()

register.tag("component", components.component)
register.tag("fill", components.fill)

register.simple_tag(icons.icon)
register.simple_tag(icons.icon_inline)
register.simple_tag(icons.inline_css, takes_context=True)
register.filter("source_icon", icons.source_icon)

for display in (*formats.FILTERS, *fields.FILTERS):
    register.filter(display.__name__, display)
