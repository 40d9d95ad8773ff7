from importlib import import_module

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Agreements"

    def ready(self) -> None:
        """Tell the door its facts and requirements, the decisions their outcomes, and core the panels and labels."""
        for module in (
            "books",
            "actions.addenda",
            "actions.agreements",
            "actions.appeals",
            "actions.awards",
            "actions.calls",
            "actions.instalments",
            "actions.mission_matters",
            "actions.promotion",
            "actions.signing",
            "merge_steps",
            "reminders",
            "mission_panel",
            "registration",
            "registration_calls",
            "registration_decisions",
            "registration_desk",
            "registration_judging",
            "registration_money",
            "registration_notices",
            "registration_ranking",
            "registration_results",
            "registration_settings",
            "registration_subscriptions",
            "search_upkeep",
        ):
            import_module(f"agreements.{module}")
