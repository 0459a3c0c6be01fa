"""Rules that need another report, and what a corrected submission has mended."""
