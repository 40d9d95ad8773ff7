from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Partnerships"

    def ready(self) -> None:
        """Tell the page header what a person may act for, and give events their words."""
        from partnerships import registration, registration_endorsement  # noqa: F401
