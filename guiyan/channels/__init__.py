"""Channels: the edge of the house, the only outbound network code.

`wecom/` speaks the WeCom server API and takes its callbacks. Channels carry what recall decided and
report back what truly happened; they decide nothing themselves.
"""
