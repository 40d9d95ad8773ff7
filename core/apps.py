from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_login_failed
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from . import checks, registration  # noqa: F401 - they register checks and settings
        from .audit_triggers import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="core.audit_triggers")
        user_login_failed.connect(log_failed_login, dispatch_uid="core.log_failed_login")


def log_failed_login(**kwargs: Any) -> None:
    """Note that a log-in failed and from where; never what was typed, which may be a password in the wrong box."""
    from core.audit import log_security

    log_security(kind="login_failed", action="login")
