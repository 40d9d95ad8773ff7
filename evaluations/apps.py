from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = "Evaluations"

    def ready(self) -> None:
        """Tell the door its facts and requirements, and core the panel, the labels and who may read a round's files."""
        from core.workflow import register_book
        from evaluations import registration, registration_notices, requirements  # noqa: F401
        from evaluations.models import Round

        register_book(Round, requirements.BOOK)
        registration.register()
