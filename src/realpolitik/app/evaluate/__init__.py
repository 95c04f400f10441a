"""The `evaluate` commands: how well this does on collections that the user holds."""
