"""The component kit's Python side: the component tag, icons, formats, and the living catalogue at /ui-kit/.

Words: a *component* is one template in `templates/ui/`; its *slot* is the body given to it, a *fill* a named part.
Anyone may use it through `{% load ui %}`; nothing here knows HR, asks the database or holds a rule.
"""
