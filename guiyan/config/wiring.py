"""All traffic between rooms on one screen: event → handlers, NOW (same transaction) or LATER (a job)."""

from guiyan.platform.events import Event, Wiring

WIRING: dict[type[Event], Wiring] = {}
