from django.urls import path

from partnerships.views import profile, profile_papers, profile_rows, registration, sponsorships

OWN = "organisations/<int:pk>"

urlpatterns = [
    path("register/", registration.registration_start, name="registration_start"),
    path("register/new/", registration.registration_create, name="registration_create"),
    path(f"{OWN}/check/", registration.registration_check, name="registration_check"),
    path(f"{OWN}/submit/", registration.registration_submit, name="registration_submit"),
    path(f"{OWN}/receipt/", registration.registration_receipt, name="registration_receipt"),
    path("profile/", profile.profile_own, name="profile_own"),
    path("profile/places/", profile.place_fields, name="place_fields"),
    path(f"{OWN}/profile/", profile.profile_detail, name="profile_detail"),
    *(
        path(f"{OWN}/profile/{part}/", profile.profile_form, {"part": part}, name=f"profile_{part}")
        for part in profile.FORM_PARTS
    ),
    *(
        path(
            f"{OWN}/profile/{part}/",
            profile_rows.profile_rows,
            {"part": part},
            name=f"profile_{part.replace('-', '_')}",
        )
        for part in profile_rows.ROWS_PARTS
    ),
    path(f"{OWN}/profile/documents/", profile_papers.profile_documents, name="profile_documents"),
    path(f"{OWN}/profile/documents/<int:document>/void/", profile_papers.document_void, name="document_void"),
    path(f"{OWN}/profile/representatives/", profile_papers.profile_representatives, name="profile_representatives"),
    path(
        f"{OWN}/profile/representatives/<int:representative>/end/",
        profile_papers.representative_end,
        name="representative_end",
    ),
    path(f"{OWN}/profile/bank/", profile_papers.profile_bank, name="profile_bank"),
    path(f"{OWN}/profile/sponsor/", sponsorships.profile_sponsor, name="profile_sponsor"),
    path("sponsorships/<int:pk>/", sponsorships.sponsorship_detail, name="sponsorship_detail"),
    path("sponsorships/<int:pk>/end/", sponsorships.sponsorship_end, name="sponsorship_end"),
]
