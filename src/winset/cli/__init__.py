"""The command line: thin, no logic. Only click is imported before a command runs."""
