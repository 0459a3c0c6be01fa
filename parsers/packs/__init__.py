"""Local rule packs: read from TOML, checked against rules and forms, and applied to what the rules found."""
