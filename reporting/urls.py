from django.urls import path

from reporting.views import dashboard, home, matching, offers, public

app_name = "reporting"
urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("missions/<slug:reference>/partners/", matching.mission_matching, name="mission_matching"),
    path("offers/", offers.own_offers, name="own_offers"),
    path("offers/<slug:reference>/", offers.offered_mission, name="offered_mission"),
    path("organisations/<int:pk>/offers/", offers.partner_offers, name="partner_offers"),
    path("public/partners/", public.public_partners, name="public_partners"),
    path("public/agreements/", public.public_agreements, name="public_agreements"),
    path("public/agreements/<str:reference>/", public.public_agreement, name="public_agreement"),
]
