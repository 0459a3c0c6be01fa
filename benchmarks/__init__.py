"""`make bench`: our readers against others on one corpus of many producers. Never part of the product."""
