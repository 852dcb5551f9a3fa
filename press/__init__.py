"""Turns stage folders into pages; knows no stage by name."""
