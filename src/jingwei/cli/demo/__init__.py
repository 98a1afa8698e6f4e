"""The invented district that `make demo` shows: its ground, its staff, its cases. Pure and seeded; nothing here is real."""
