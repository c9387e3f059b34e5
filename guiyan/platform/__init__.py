"""Django plumbing without HR words: companies, events, audit, jobs, actors, crypto, files, errors, routes."""
