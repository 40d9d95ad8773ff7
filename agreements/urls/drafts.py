"""Addresses of a proposal's draft: saving itself, who else is there, earlier states."""

from django.urls import path

from agreements.views import autosave, review_drafts, revisions

urlpatterns = [
    path("proposals/<str:reference>/draft/<slug:part>/", autosave.proposal_draft, name="proposal_draft"),
    path("proposals/<str:reference>/presence/<slug:part>/", autosave.proposal_presence, name="proposal_presence"),
    path("proposals/<str:reference>/review/draft/", review_drafts.proposal_review_draft, name="proposal_review_draft"),
    path("proposals/<str:reference>/revisions/", revisions.proposal_revision_list, name="proposal_revision_list"),
    path(
        "proposals/<str:reference>/revisions/compare/",
        revisions.proposal_revision_compare,
        name="proposal_revision_compare",
    ),
    path(
        "proposals/<str:reference>/revisions/<slug:code>/restore/",
        revisions.proposal_revision_restore,
        name="proposal_revision_restore",
    ),
]
