from django.urls import path

from partnerships.views import endorsement

urlpatterns = [
    path("chains/", endorsement.own_chains, name="own_chains"),
    path("chains/<int:pk>/", endorsement.endorsement_chains, name="endorsement_chains"),
    path("chains/<int:pk>/<slug:kind>/", endorsement.chain_edit, name="chain_edit"),
    path("chains/<int:pk>/<slug:kind>/remove/", endorsement.chain_remove, name="chain_remove"),
    path("chains/positions/<int:pk>/deputies/new/", endorsement.deputy_create, name="deputy_create"),
    path("chains/deputies/<int:pk>/end/", endorsement.deputy_end, name="deputy_end"),
]
