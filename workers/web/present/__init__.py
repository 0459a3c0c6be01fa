"""Values to what a page shows. Pure: nothing here asks a store, a ledger or a clock."""
