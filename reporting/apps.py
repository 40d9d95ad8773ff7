from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Reporting"

    def ready(self) -> None:
        """Add this floor's entries to the main navigation."""
        from reporting import registration

        registration.register()
