"""The crises that can be named: deterrence, threats of sanctions, signals, escalation, an ultimatum."""
