"""How well reading does: yardsticks on hand-annotated collections that the user holds."""
