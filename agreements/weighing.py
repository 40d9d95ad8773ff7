"""Criteria that weigh who proposes: expertise, standards, track record. Reviewers of a blind call cannot judge them.

Criteria are the agency's own words, so they are known by the words of the manual's sets (§3.1, §3.2) in their titles.
"""

from __future__ import annotations

from collections.abc import Iterable

WORDS = (
    *("ความเชี่ยวชาญ", "มาตรฐานขององค์กร", "ผลงาน", "ชื่อเสียง", "ประสบการณ์"),  # Thai on purpose
    *("expertise", "standard", "track record", "reputation", "experience"),
)


def weighing_who(titles: Iterable[str]) -> list[str]:
    """Those of the titles that name what only the applicant's identity can tell, in their order."""
    return [title for title in titles if any(word in title.lower() for word in WORDS)]
