"""manage.py reset_second_factor EMAIL --reason …: for whoever lost the telephone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.audit import log_security
from partnerships.actors import Actor
from partnerships.models import User


class Command(BaseCommand):
    help = "Remove a person's second factors and end the log-ins, after checking by other means who asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="who checked the person's identity, and how")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None or not options["reason"].strip():
            raise CommandError("There is nobody with this address." if user is None else "Say why, and who checked it.")
        with transaction.atomic():
            removed, _models = Authenticator.objects.filter(user=user).delete()
            for session in UserSession.objects.filter(user=user):
                session.end()
            log_security(
                kind="second_factor_reset", actor=Actor(user=user), action="command", detail=options["reason"].strip()
            )
        self._tell(user)
        self.stdout.write(f"{removed} second factors of {user.email} were removed, and the log-ins ended.")

    def _tell(self, user: User) -> None:
        with override(user.language):
            subject = _("Your second factors were removed")
            text = _(
                "At your request the second factors of your account in the system Phakhi were removed. "
                "If you did not ask for it, tell the administrator of your organisation at once."
            )
            send_mail(subject, text, None, [user.email])
