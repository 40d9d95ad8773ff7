"""Addresses of judging before the scores: conflicts, reviewers and their proposals, formal gaps."""

from django.urls import path

from agreements.views import assignments, conflicts, cures, judge_invitations

urlpatterns = [
    path("calls/<str:reference>/conflicts/", conflicts.call_conflicts, name="call_conflicts"),
    path("calls/<str:reference>/assignments/", assignments.call_assignments, name="call_assignments"),
    path("calls/<str:reference>/assignments/draw/", assignments.call_assignments_draw, name="call_assignments_draw"),
    path("proposals/<str:reference>/gaps/", cures.proposal_cure_ask, name="proposal_cure_ask"),
    path("proposals/<str:reference>/gaps/go-on/", cures.proposal_cure_lapse, name="proposal_cure_lapse"),
    path("proposals/<str:reference>/complete/", cures.proposal_cure, name="proposal_cure"),
    path("proposals/<str:reference>/complete/files/", cures.proposal_cure_file, name="proposal_cure_file"),
    path(
        "proposals/<str:reference>/complete/files/<int:pk>/remove/",
        cures.proposal_cure_file_remove,
        name="proposal_cure_file_remove",
    ),
    path("judging/invitations/<int:pk>/", judge_invitations.judge_invitation, name="judge_invitation"),
    path(
        "calls/<str:reference>/reviewers/invitations/<int:pk>/cancel/",
        judge_invitations.judge_invitation_cancel,
        name="judge_invitation_cancel",
    ),
]
