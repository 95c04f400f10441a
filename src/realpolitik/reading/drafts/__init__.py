"""From claims of many reports to a contest folder: actors merged, issues suggested, chambers and threats found, what
is new against what is known, and what to review first.
"""
