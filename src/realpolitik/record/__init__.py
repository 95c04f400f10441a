"""Was it right? Scores of forecasts, and backtests on decisions whose outcome is known."""
