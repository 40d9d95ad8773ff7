"""Decision pages: the list, one matter with its chain, approving and returning it."""

from django.urls import path

from agreements.views import decisions

urlpatterns = [
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/memo/", decisions.decision_memo, name="decision_memo"),
    path("decisions/<int:pk>/endorse/", decisions.decision_endorse, name="decision_endorse"),
    path("decisions/<int:pk>/return/", decisions.decision_return, name="decision_return"),
]
