from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = "Demo"

    def ready(self) -> None:
        """On a demonstration the page that asks for a code shows the demonstration person's."""
        from core.registry import register_panel
        from demo.factors import code_to_show

        register_panel("log_in_code", "demo", "demo/_code.html", context=code_to_show)
