from django.urls import path

from evaluations.views import lessons, reports, rounds

app_name = "evaluations"
urlpatterns = [
    path("agreements/<str:reference>/rounds/new/", rounds.round_create, name="round_create"),
    path("agreements/<str:reference>/lessons/new/", lessons.lesson_create, name="lesson_create"),
    path("agreements/<str:reference>/lessons/conclude/", lessons.lessons_conclude, name="lessons_conclude"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("rounds/<int:pk>/evaluator/", rounds.evaluator_invite, name="evaluator_invite"),
    path("rounds/<int:pk>/findings/new/", rounds.finding_create, name="finding_create"),
    path("rounds/<int:pk>/visits/new/", rounds.visit_create, name="visit_create"),
    path("rounds/<int:pk>/results/", rounds.results_edit, name="results_edit"),
    path("rounds/<int:pk>/verdict/", rounds.verdict_propose, name="verdict_propose"),
    path("rounds/<int:pk>/verdict/return/", rounds.verdict_return, name="verdict_return"),
    path("rounds/<int:pk>/accept/", rounds.round_accept, name="round_accept"),
    path("rounds/<int:pk>/report.pdf", reports.evaluation_report, name="evaluation_report"),
]
