"""Characters, numerals and labels: how what is printed is compared with what the form says."""
