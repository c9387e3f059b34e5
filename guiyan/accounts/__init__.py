"""Who may come in and what they may do: users, roles, grants, sign-in, sessions."""
