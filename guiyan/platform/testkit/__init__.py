"""The test kit: a throw-away server and company for a test session, people with roles."""
