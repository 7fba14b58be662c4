"""The cases that ship with the package: one YAML file a case, data only."""
