"""One contest, many worlds: quantities are drawn, the pathway is walked, outcomes are counted."""
