from django.urls import path

from partnerships.views import endorsement

urlpatterns = [
    path("chains/", endorsement.own_chains, name="own_chains"),
    path("organisations/<int:pk>/chains/", endorsement.endorsement_chains, name="endorsement_chains"),
    path("organisations/<int:pk>/chains/<slug:kind>/", endorsement.chain_edit, name="chain_edit"),
    path("organisations/<int:pk>/chains/<slug:kind>/remove/", endorsement.chain_remove, name="chain_remove"),
    path("positions/<int:pk>/deputies/new/", endorsement.deputy_create, name="deputy_create"),
    path("deputies/<int:pk>/end/", endorsement.deputy_end, name="deputy_end"),
]
