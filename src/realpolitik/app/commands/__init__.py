"""Commands. Each asks the rooms below for data and hands it to `show`; nothing is worked out here.

Only the standard library and typer are imported at the top, so that ``realpolitik --help`` starts at once.
"""
