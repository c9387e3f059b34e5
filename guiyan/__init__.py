"""Guiyan 归雁: the HR system that brings back people a company already met."""
