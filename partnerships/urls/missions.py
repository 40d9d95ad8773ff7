from django.urls import path

from partnerships.views import approach, candidates, form_choice, invited, missions, policies, suggestions, talks

MISSION = "missions/<slug:reference>"
SUGGESTION = "proposed-missions/<slug:reference>"

urlpatterns = [
    path("missions/", missions.mission_list, name="mission_list"),
    path("missions/new/", missions.mission_create, name="mission_create"),
    path("missions/for-us/", invited.partner_missions, name="partner_missions"),
    path("missions/invitations/<int:pk>/", invited.mission_invitation, name="mission_invitation"),
    path("missions/self-assessments/<int:pk>/", invited.self_assessment, name="self_assessment"),
    path("missions/shortlist/<int:pk>/remove/", candidates.shortlist_remove, name="shortlist_remove"),
    path(f"{MISSION}/", missions.mission_detail, name="mission_detail"),
    path(f"{MISSION}/edit/", missions.mission_edit, name="mission_edit"),
    path(f"{MISSION}/edit/<slug:part>/", missions.mission_edit, name="mission_edit_part"),
    path(f"{MISSION}/advisor/", form_choice.mission_advisor, name="mission_advisor"),
    path(f"{MISSION}/form/", form_choice.mission_choose_form, name="mission_choose_form"),
    path(f"{MISSION}/approach/", approach.approach_edit, name="approach_edit"),
    path(f"{MISSION}/meetings/new/", approach.meeting_create, name="meeting_create"),
    path(f"{MISSION}/candidates/", candidates.mission_candidates, name="mission_candidates"),
    path(f"{MISSION}/candidates/<int:pk>/", candidates.candidate_detail, name="candidate_detail"),
    path(f"{MISSION}/candidates/<int:pk>/assess/", candidates.candidate_assess, name="candidate_assess"),
    path(f"{MISSION}/candidates/<int:pk>/ask/", candidates.candidate_ask, name="candidate_ask"),
    path(f"{MISSION}/shortlist/<int:pk>/add/", candidates.shortlist_add, name="shortlist_add"),
    path(f"{MISSION}/shortlist/invite/", candidates.shortlist_invite, name="shortlist_invite"),
    path("proposed-missions/", suggestions.suggestion_list, name="suggestion_list"),
    path("proposed-missions/new/", suggestions.suggestion_create, name="suggestion_create"),
    path(f"{SUGGESTION}/", suggestions.suggestion_detail, name="suggestion_detail"),
    path(f"{SUGGESTION}/adopt/", suggestions.suggestion_adopt, name="suggestion_adopt"),
    path(f"{SUGGESTION}/talk-over/", suggestions.suggestion_talk_over, name="suggestion_talk_over"),
    path(f"{SUGGESTION}/decline/", suggestions.suggestion_decline, name="suggestion_decline"),
    path(f"{SUGGESTION}/assign/", suggestions.suggestion_assign, name="suggestion_assign"),
    path("talks/", talks.talk_list, name="talk_list"),
    path("talks/new/", talks.talk_create, name="talk_create"),
    path("talks/<int:pk>/", talks.talk_detail, name="talk_detail"),
    path("talks/<int:pk>/edit/", talks.talk_edit, name="talk_edit"),
    path("policies/", policies.policy_list, name="policy_list"),
    path("policies/new/", policies.policy_create, name="policy_create"),
    path("policies/<int:pk>/", policies.policy_detail, name="policy_detail"),
    path("policies/<int:pk>/edit/", policies.policy_edit, name="policy_edit"),
    path("policies/<int:pk>/add/", policies.policy_add, name="policy_add"),
    path("policies/<int:pk>/missions/<slug:reference>/remove/", policies.policy_remove, name="policy_remove"),
    path("policies/<int:pk>/missions/<slug:reference>/<slug:way>/", policies.policy_move, name="policy_move"),
]
