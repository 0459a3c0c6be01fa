"""Findings written for the agency: only what is the agency's to correct, in words that can be sent."""
