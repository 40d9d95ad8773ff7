from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself as an app: only so that its system checks are found."""

    name = "config"
    label = "config"
    verbose_name = "Project"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers the checks
