"""Addresses of calls."""

from django.urls import path

from agreements.views import (
    addenda,
    call_endings,
    call_writing,
    calls,
    paper,
    promotion,
    proposals,
    ranking,
    resolutions,
    reviewers,
    selection_committee,
)

urlpatterns = [
    path("calls/", calls.call_list, name="call_list"),
    path("missions/<str:reference>/calls/new/", calls.call_create, name="call_create"),
    path("calls/<str:reference>/", calls.call_detail, name="call_detail"),
    path("calls/<str:reference>/edit/", call_writing.call_edit, name="call_edit"),
    path("calls/<str:reference>/edit/<str:part>/", call_writing.call_edit, name="call_edit_part"),
    path("calls/<str:reference>/criteria/", call_writing.call_criteria, name="call_criteria"),
    path("calls/<str:reference>/documents/", call_writing.call_documents, name="call_documents"),
    path("calls/<str:reference>/preview/", call_writing.call_preview, name="call_preview"),
    path("calls/<str:reference>/addenda/new/", addenda.addendum_create, name="addendum_create"),
    path("calls/<str:reference>/void/", call_endings.call_void, name="call_void"),
    path("calls/<str:reference>/publication/", calls.call_propose_publication, name="call_propose_publication"),
    path("calls/<str:reference>/close/", calls.call_close, name="call_close"),
    path("calls/<str:reference>/reviewers/", reviewers.call_reviewers, name="call_reviewers"),
    path(
        "calls/<str:reference>/reviewers/<int:pk>/dismiss/",
        reviewers.call_reviewer_dismiss,
        name="call_reviewer_dismiss",
    ),
    path("calls/<str:reference>/selection/", calls.call_begin_selection, name="call_begin_selection"),
    path("calls/<str:reference>/resolution/", resolutions.call_resolution, name="call_resolution"),
    path("calls/<str:reference>/committee/", selection_committee.call_committee, name="call_committee"),
    path("calls/<str:reference>/minutes/", selection_committee.call_minutes, name="call_minutes"),
    path("calls/<str:reference>/ranking/", ranking.call_ranking, name="call_ranking"),
    path("calls/<str:reference>/ranking.xlsx", ranking.call_ranking_xlsx, name="call_ranking_xlsx"),
    path("calls/<str:reference>/promotion/", promotion.call_propose_promotion, name="call_propose_promotion"),
    path("calls/<str:reference>/award/", calls.call_propose_selection, name="call_propose_selection"),
    path("calls/<str:reference>/cancel/", call_endings.call_cancel, name="call_cancel"),
    path("calls/<str:reference>/proposals/paper/", paper.paper_create, name="paper_create"),
    path("calls/<str:reference>/proposals/new/", proposals.proposal_create, name="proposal_create"),
]
