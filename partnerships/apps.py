from importlib import import_module

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Partnerships"

    def ready(self) -> None:
        """Tell the door its facts, the page header what a person may act for; give events words, settings a place."""
        for module in (
            "books",
            "merge_steps",
            "registration",
            "registration_endorsement",
            "registration_identity",
            "registration_missions",
            "registration_oversight",
            "registration_people",
            "registration_profile",
            "registration_notices",
            "registration_settings",
            "registration_system",
        ):
            import_module(f"partnerships.{module}")
        from partnerships.identity import receivers

        receivers.connect()
