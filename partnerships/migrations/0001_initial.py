import core.clock
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("full_name_th", models.CharField(max_length=200, verbose_name="name in Thai")),
                ("full_name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                ("position_title", models.CharField(blank=True, max_length=200, verbose_name="position")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        choices=[("th", "ไทย"), ("en", "English")], default="th", max_length=2, verbose_name="language"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_staff", models.BooleanField(default=False, verbose_name="system administrator")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined at"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_unique_any_case",
                        violation_error_message="This e-mail is already in use.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="position")),
                ("starts_on", models.DateField(default=core.clock.today, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.CreateModel(
            name="MembershipRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "Responsible officer"),
                            ("finance", "Finance and accounting officer"),
                            ("executive", "Executive"),
                            ("staff", "Partner's staff"),
                            ("representative", "Authorised representative"),
                            ("administrator", "Organisation administrator"),
                            ("opdc_staff", "OPDC staff"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="partnerships.membership"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("membership", "role"), name="membership_role_once")],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "Ministry"),
                            ("department", "Department or central agency"),
                            ("opdc", "OPDC"),
                            ("local_government", "Local government"),
                            ("foundation", "Foundation"),
                            ("association", "Association"),
                            ("ngo", "Non-governmental organisation"),
                            ("charity", "Charitable organisation"),
                            ("community", "Community organisation"),
                            ("network", "Network"),
                            ("academic", "Academic institution"),
                            ("private", "Private sector"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("name_th", models.CharField(max_length=300, verbose_name="name in Thai")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("short_name", models.CharField(blank=True, max_length=50, verbose_name="short name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "registration_number",
                    models.CharField(blank=True, max_length=30, verbose_name="registration number"),
                ),
                ("province", models.CharField(blank=True, max_length=100, verbose_name="province")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                ("about", models.TextField(blank=True, verbose_name="about the organisation")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="name valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="name valid until")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="partnerships.organisation",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("registration_number", ""), _negated=True),
                        fields=("registration_number",),
                        name="organisation_registration_number_once",
                        violation_error_message="An organisation with this registration number is already on record.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("title", models.CharField(max_length=300, verbose_name="title of the mission")),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("objectives", models.TextField(verbose_name="objectives")),
                ("target_group", models.CharField(max_length=300, verbose_name="target group")),
                ("area", models.CharField(max_length=300, verbose_name="area")),
                ("is_routine", models.BooleanField(default=False, verbose_name="continuing or routine service")),
                ("time_frame", models.CharField(blank=True, max_length=200, verbose_name="time frame")),
                ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("grant", "Grant"),
                            ("pbc", "Performance-based contracting"),
                            ("commissioning", "Commissioning"),
                        ],
                        max_length=20,
                        verbose_name="form of partnership",
                    ),
                ),
                ("form_reason", models.TextField(blank=True, verbose_name="reason for the form")),
                (
                    "form_chosen_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="form chosen on"),
                ),
                (
                    "approach",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inside", "From inside the agency"),
                            ("outside", "From outside, by a third party"),
                            ("not_needed", "Not needed: the agency already has such a policy"),
                        ],
                        max_length=20,
                        verbose_name="approach to the agency",
                    ),
                ),
                (
                    "approach_note",
                    models.TextField(blank=True, verbose_name="result of the talks, or why none were needed"),
                ),
                ("candidates_note", models.TextField(blank=True, verbose_name="how partners were looked for")),
                ("created_on", models.DateField(editable=False, verbose_name="recorded on")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible officer",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="partnerships.organisation",
                        verbose_name="agency that owns the mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
                "ordering": ["-created_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form", ""),
                            models.Q(models.Q(("form_reason", ""), _negated=True), ("form_chosen_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="mission_form_has_reason",
                        violation_error_message="The choice of a form is kept with its reason.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="partnerships.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "Ministry"),
                            ("department", "Department or central agency"),
                            ("opdc", "OPDC"),
                            ("local_government", "Local government"),
                            ("foundation", "Foundation"),
                            ("association", "Association"),
                            ("ngo", "Non-governmental organisation"),
                            ("charity", "Charitable organisation"),
                            ("community", "Community organisation"),
                            ("network", "Network"),
                            ("academic", "Academic institution"),
                            ("private", "Private sector"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("name_th", models.CharField(max_length=300, verbose_name="name in Thai")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("short_name", models.CharField(blank=True, max_length=50, verbose_name="short name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "registration_number",
                    models.CharField(blank=True, max_length=30, verbose_name="registration number"),
                ),
                ("province", models.CharField(blank=True, max_length=100, verbose_name="province")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                ("about", models.TextField(blank=True, verbose_name="about the organisation")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="name valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="name valid until")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partnerships.organisation",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="EndorsementPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="position")),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="holder",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsement_positions",
                        to="partnerships.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "endorsement position",
                "verbose_name_plural": "endorsement positions",
                "ordering": ["organisation", "ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "ordinal"), name="endorsement_order_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[],
            options={
                "verbose_name": "agency",
                "verbose_name_plural": "agencies",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("partnerships.organisation",),
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("partnerships.organisation",),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("user", "organisation"), name="membership_once"),
        ),
    ]
