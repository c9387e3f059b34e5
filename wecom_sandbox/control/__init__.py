"""The side the real WeCom has as an administrator's console and two phones: `/sandbox/api/…`."""
