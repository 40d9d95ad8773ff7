"""Lists of what waits for a person: one small function for each kind of work, one query each.

State, side and role are filtered in SQL; requirements are not run, so the list costs the same whatever it holds.
"""

from reporting.worklist.collect import WorkGroup, WorkList, work_of
from reporting.worklist.item import WorkItem

__all__ = ["WorkGroup", "WorkItem", "WorkList", "work_of"]
