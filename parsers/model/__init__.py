"""The values that flow: source, document, report, finding, outcome. Frozen, typed; nothing here reads or acts."""
