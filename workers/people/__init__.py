"""Who may use the dashboard: a person's role and folders, passwords, and the file that holds the users."""
