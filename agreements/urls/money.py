"""Money pages: sources, instalments and their moves, ledger and account."""

from django.urls import path

from agreements.views import account, instalments, money

urlpatterns = [
    path("agreements/<str:reference>/budget/", money.budget_edit, name="budget_edit"),
    path("agreements/<str:reference>/instalments/", money.instalment_plan, name="instalment_plan"),
    path("agreements/<str:reference>/account/", account.account_detail, name="account_detail"),
    path("agreements/<str:reference>/account/entries/new/", account.entry_create, name="entry_create"),
    path("agreements/<str:reference>/account/draw-up/", account.account_draw_up, name="account_draw_up"),
    path("agreements/<str:reference>/account/check/", account.account_check, name="account_check"),
    path("agreements/<str:reference>/account/return/", account.account_return, name="account_return"),
    path("entries/<int:pk>/correct/", account.entry_correct, name="entry_correct"),
    path("instalments/<int:pk>/", instalments.instalment_detail, name="instalment_detail"),
    path("instalments/<int:pk>/request/", instalments.instalment_request, name="instalment_request"),
    path("instalments/<int:pk>/check/", instalments.instalment_check, name="instalment_check"),
    path("instalments/<int:pk>/return/", instalments.instalment_return, name="instalment_return"),
    path("instalments/<int:pk>/propose/", instalments.instalment_propose, name="instalment_propose"),
    path("instalments/<int:pk>/pay/", instalments.instalment_pay, name="instalment_pay"),
    path("instalments/<int:pk>/receipt/", instalments.instalment_receipt, name="instalment_receipt"),
]
