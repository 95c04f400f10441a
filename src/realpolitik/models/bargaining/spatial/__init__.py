"""The spatial model of politics, on several issues at once."""

from realpolitik.models.bargaining.spatial.model import Course, courses, spatial
from realpolitik.models.bargaining.spatial.rules import RULES, ElectionRules, SpatialRules

__all__ = ["RULES", "Course", "ElectionRules", "SpatialRules", "courses", "spatial"]
