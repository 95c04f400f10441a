"""The report: sections yield blocks, which are data; render turns them into one HTML file."""
