from evaluations.models.lessons import Lesson
from evaluations.models.rounds import Finding, IndicatorResult, Round, SiteVisit

__all__ = ["Finding", "IndicatorResult", "Lesson", "Round", "SiteVisit"]
