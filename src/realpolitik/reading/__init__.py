"""Reports in, claims out: every claim is a verbatim slice of its source."""
