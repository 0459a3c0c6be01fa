"""Who reports: kind of body, level and region, from names and text, or from the roster when there is one."""
