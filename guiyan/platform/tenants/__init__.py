"""Companies on this installation: the public directory, creating one, migrating all."""
