"""The report's outline: title, agency, year, the six sections, the five parts of section one."""
