"""Where forecasts are kept."""
