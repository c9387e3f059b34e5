"""The demo company 澜川装备: the story of the design pages and a few hundred believable people around it."""
