"""Addresses of proposals."""

from django.urls import path

from agreements.views import (
    paper,
    paper_objections,
    paper_withdrawal,
    presentations,
    proposal_edit,
    proposal_papers,
    proposals,
    reviews,
    screening,
    submission,
)

urlpatterns = [
    path("proposals/<str:reference>/", proposals.proposal_detail, name="proposal_detail"),
    path("proposals/<str:reference>/edit/<slug:part>/", proposal_edit.proposal_edit, name="proposal_edit"),
    path("proposals/<str:reference>/files/", proposals.proposal_files, name="proposal_files"),
    path(
        "proposals/<str:reference>/files/<int:pk>/remove/", proposals.proposal_file_remove, name="proposal_file_remove"
    ),
    path("proposals/<str:reference>/proposal.pdf", proposal_papers.proposal_print, name="proposal_print"),
    path("calls/<str:reference>/proposal-form.pdf", proposal_papers.blank_form, name="proposal_blank_form"),
    path("proposals/<str:reference>/check/", submission.proposal_check, name="proposal_check"),
    path("proposals/<str:reference>/submit/", submission.proposal_submit, name="proposal_submit"),
    path("proposals/<str:reference>/receipt/", submission.proposal_receipt, name="proposal_receipt"),
    path("proposals/<str:reference>/receipt.pdf", submission.proposal_receipt_pdf, name="proposal_receipt_pdf"),
    path("proposals/<str:reference>/ready/", submission.proposal_tell_ready, name="proposal_tell_ready"),
    path("proposals/<str:reference>/withdraw/", submission.proposal_withdraw, name="proposal_withdraw"),
    path("proposals/<str:reference>/screen/again/", screening.proposal_screen_again, name="proposal_screen_again"),
    path("proposals/<str:reference>/paper/", paper.proposal_paper, name="proposal_paper"),
    path("proposals/<str:reference>/paper/confirm/", paper.proposal_paper_confirm, name="proposal_paper_confirm"),
    path("proposals/<str:reference>/paper/return/", paper.proposal_paper_return, name="proposal_paper_return"),
    path("proposals/<str:reference>/paper/correct/", paper.proposal_paper_correct, name="proposal_paper_correct"),
    path("proposals/<str:reference>/paper/corrected/", paper.proposal_paper_corrected, name="proposal_paper_corrected"),
    path("proposals/<str:reference>/paper/discard/", paper.proposal_paper_discard, name="proposal_paper_discard"),
    path(
        "proposals/<str:reference>/paper/object/", paper_objections.proposal_paper_object, name="proposal_paper_object"
    ),
    path("proposals/<str:reference>/paper/again/", paper.proposal_paper_again, name="proposal_paper_again"),
    path("proposals/<str:reference>/paper/online/", paper.proposal_paper_online, name="proposal_paper_online"),
    path(
        "proposals/<str:reference>/paper/withdraw/",
        paper_withdrawal.proposal_paper_withdraw,
        name="proposal_paper_withdraw",
    ),
    path(
        "proposals/<str:reference>/paper/withdrawal/",
        paper_withdrawal.proposal_paper_withdrawal,
        name="proposal_paper_withdrawal",
    ),
    path(
        "proposals/<str:reference>/paper/withdrawal/confirm/",
        paper_withdrawal.proposal_paper_withdrawal_confirm,
        name="proposal_paper_withdrawal_confirm",
    ),
    path(
        "proposals/<str:reference>/paper/withdrawal/return/",
        paper_withdrawal.proposal_paper_withdrawal_return,
        name="proposal_paper_withdrawal_return",
    ),
    path("proposals/<str:reference>/screen/", screening.proposal_screen, name="proposal_screen"),
    path("proposals/<str:reference>/presentation/", presentations.proposal_present, name="proposal_present"),
    path("proposals/<str:reference>/review/", reviews.proposal_review, name="proposal_review"),
    path(
        "proposals/<str:reference>/reviews/<int:pk>/reopen/",
        reviews.proposal_review_reopen,
        name="proposal_review_reopen",
    ),
]
