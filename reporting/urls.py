from django.urls import path

from reporting.views import dashboard, home, public

app_name = "reporting"
urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("public/calls/", public.public_calls, name="public_calls"),
    path("public/calls/<str:reference>/", public.public_call, name="public_call"),
    path("public/agreements/", public.public_agreements, name="public_agreements"),
    path("public/agreements/<str:reference>/", public.public_agreement, name="public_agreement"),
]
