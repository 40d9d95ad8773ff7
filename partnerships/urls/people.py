from django.urls import path

from partnerships.views import appointments, invitations, own_account, people

urlpatterns = [
    path("people/", people.my_people, name="my_people"),
    path("organisations/<int:pk>/people/", people.people, name="people"),
    path("organisations/<int:pk>/people/invite/", invitations.invitation_create, name="invitation_create"),
    path("organisations/<int:pk>/people/appoint/", appointments.appointment_create, name="appointment_create"),
    path("members/<int:pk>/", people.member_change, name="member_change"),
    path("members/<int:pk>/end/", people.member_end, name="member_end"),
    path("members/<int:pk>/leave/", people.member_leave, name="member_leave"),
    path("invitations/<int:pk>/again/", invitations.invitation_again, name="invitation_again"),
    path("invitations/<int:pk>/cancel/", invitations.invitation_cancel, name="invitation_cancel"),
    path("invitation/<slug:token>/", invitations.invitation_answer, name="invitation_answer"),
    path("appointments/", appointments.appointment_list, name="appointment_list"),
    path("appointments/<int:pk>/", appointments.appointment_detail, name="appointment_detail"),
    path("appointments/<int:pk>/confirm/", appointments.appointment_confirm, name="appointment_confirm"),
    path("appointments/<int:pk>/decline/", appointments.appointment_decline, name="appointment_decline"),
    path("me/", own_account.profile, name="profile"),
    path("me/data/", own_account.my_data, name="my_data"),
    path("me/data/download/", own_account.my_data_download, name="my_data_download"),
    path("me/close/", own_account.account_close, name="account_close"),
    path("me/closed/", own_account.account_closed, name="account_closed"),
    path("privacy/", own_account.privacy_notice, name="privacy_notice"),
    path("privacy/read/", own_account.privacy_accept, name="privacy_accept"),
]
