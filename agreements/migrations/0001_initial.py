import core.clock
import core.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_triggers"),
        ("partnerships", "0001_initial"),
        ("partnerships", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("number", models.CharField(blank=True, editable=False, max_length=40, verbose_name="number")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("grant", "Grant"),
                            ("pbc", "Performance-based contracting"),
                            ("commissioning", "Commissioning"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="form of partnership",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("open", "Open call"), ("direct", "Direct invitation")],
                        default="open",
                        max_length=10,
                        verbose_name="procedure",
                    ),
                ),
                ("title", models.CharField(max_length=400, verbose_name="title")),
                ("rationale", models.TextField(blank=True, verbose_name="rationale")),
                ("objectives", models.TextField(blank=True, verbose_name="objectives")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                ("target_group", models.CharField(blank=True, max_length=300, verbose_name="target group")),
                ("area", models.CharField(blank=True, max_length=300, verbose_name="area")),
                ("service_volume", models.CharField(blank=True, max_length=300, verbose_name="volume of service")),
                ("expected_results", models.TextField(blank=True, verbose_name="expected results")),
                ("made_at", models.CharField(blank=True, max_length=300, verbose_name="made at")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "total",
                    models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name="total sum (baht)"),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="notice of termination (days)"),
                ),
                ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                (
                    "procurement_screening",
                    models.CharField(
                        choices=[
                            ("subsidy", "Subsidy, not procurement"),
                            ("service", "Paid service, procurement rules looked at"),
                            ("not_screened", "Not screened yet"),
                        ],
                        default="not_screened",
                        max_length=20,
                        verbose_name="procurement screening",
                    ),
                ),
                ("egp_reference", models.CharField(blank=True, max_length=50, verbose_name="e-GP reference")),
                ("contact_phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                (
                    "is_demonstration",
                    models.BooleanField(default=False, editable=False, verbose_name="fictitious data"),
                ),
                (
                    "step",
                    core.fields.StateField(
                        choices=[
                            ("grant_1_preparation", "การเตรียมความพร้อม"),
                            ("grant_2_application", "การยื่นข้อเสนอ"),
                            ("grant_3_receipt", "การรับงบประมาณ"),
                            ("grant_4_delivery", "การจัดทำบริการสาธารณะตามที่ได้รับการจัดสรรเงินอุดหนุน"),
                            ("pbc_1_call", "ภาครัฐประกาศรายการภารกิจเพื่อเปิดรับข้อเสนอ"),
                            ("pbc_2_proposal", "ภาคส่วนอื่นยื่นข้อเสนอโครงการต่อหน่วยงานเจ้าของภารกิจ"),
                            ("pbc_3_presentation", "ภาคส่วนอื่นนำเสนอรายละเอียด"),
                            ("pbc_4_selection", "ภาครัฐพิจารณาและคัดเลือกข้อเสนอโครงการที่ผ่านเกณฑ์"),
                            ("pbc_5_first_instalment", "ภาครัฐจัดสรรงบประมาณงวดที่ 1"),
                            ("pbc_6_midterm_evaluation", "การประเมินผลการดำเนินงานระยะกลาง"),
                            ("pbc_7_next_instalment", "ภาครัฐจัดสรรงบประมาณงวดที่ 2"),
                            ("pbc_8_final_evaluation", "การประเมินผลหลังสิ้นสุดการดำเนินงาน"),
                            ("pbc_9_account_closing", "การปิดบัญชีงบประมาณ"),
                            ("commissioning_1_priorities", "การจัดลำดับความสำคัญของภารกิจและผลลัพธ์"),
                            ("commissioning_2_needs", "การประเมินความจำเป็นและความต้องการของกลุ่มเป้าหมาย"),
                            ("commissioning_3_resources", "การจัดสรรทรัพยากรเพื่อการจัดบริการสาธารณะ"),
                            ("commissioning_4_design", "การกำหนดรูปแบบการจัดบริการสาธารณะที่เหมาะสมกับกลุ่มเป้าหมาย"),
                            ("commissioning_5_delivery", "การจัดบริการสาธารณะ"),
                            ("commissioning_6_evaluation", "การติดตามและประเมินผล"),
                        ],
                        db_index=True,
                        max_length=50,
                        verbose_name="step",
                    ),
                ),
                (
                    "standing",
                    core.fields.StateField(
                        choices=[
                            ("preparing", "Being prepared"),
                            ("in_force", "In force"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                            ("terminated", "Terminated"),
                            ("closed", "Closed"),
                        ],
                        db_index=True,
                        default="preparing",
                        max_length=50,
                        verbose_name="standing",
                    ),
                ),
                ("cycle", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="cycle")),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("step_since", models.DateField(default=core.clock.today, editable=False)),
                ("text_ready_at", models.DateTimeField(editable=False, null=True)),
                ("signed_at", models.DateTimeField(editable=False, null=True)),
                ("public_at", models.DateTimeField(editable=False, null=True)),
                ("plan_approved_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("end_reason", models.TextField(blank=True, editable=False, verbose_name="reason for ending")),
                ("next_due_on", models.DateField(db_index=True, editable=False, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_agreements",
                        to="partnerships.organisation",
                        verbose_name="lead giver",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="partnerships.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible officer",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("form", "grant"), ("step__startswith", "grant_")),
                            models.Q(("form", "pbc"), ("step__startswith", "pbc_")),
                            models.Q(("form", "commissioning"), ("step__startswith", "commissioning_")),
                            _connector="OR",
                        ),
                        name="agreement_step_of_its_form",
                        violation_error_message="The step must belong to the agreement's form.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "grant_1_preparation",
                                    "grant_2_application",
                                    "grant_3_receipt",
                                    "grant_4_delivery",
                                    "pbc_1_call",
                                    "pbc_2_proposal",
                                    "pbc_3_presentation",
                                    "pbc_4_selection",
                                    "pbc_5_first_instalment",
                                    "pbc_6_midterm_evaluation",
                                    "pbc_7_next_instalment",
                                    "pbc_8_final_evaluation",
                                    "pbc_9_account_closing",
                                    "commissioning_1_priorities",
                                    "commissioning_2_needs",
                                    "commissioning_3_resources",
                                    "commissioning_4_design",
                                    "commissioning_5_delivery",
                                    "commissioning_6_evaluation",
                                ],
                            )
                        ),
                        name="agreement_step_known",
                        violation_error_message="Unknown step.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("standing__in", ["preparing", "cancelled"]), ("signed_at__isnull", False), _connector="OR"
                        ),
                        name="agreement_in_force_is_signed",
                        violation_error_message="An agreement is in force only when all parties have signed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["grant_2_application", "pbc_4_selection", "commissioning_1_priorities"]),
                            models.Q(("public_at__isnull", False), ("signed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_past_signing_is_signed",
                        violation_error_message="This step comes after signing and publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "step__in",
                                    [
                                        "grant_4_delivery",
                                        "pbc_5_first_instalment",
                                        "pbc_6_midterm_evaluation",
                                        "pbc_7_next_instalment",
                                        "pbc_8_final_evaluation",
                                        "pbc_9_account_closing",
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("plan_approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="agreement_work_has_plan",
                        violation_error_message="This step needs an approved action plan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "closed"), _negated=True),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "step__in",
                                    ["grant_4_delivery", "pbc_9_account_closing", "commissioning_6_evaluation"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_closed_is_stamped",
                        violation_error_message="An agreement is closed at its last step, with the time of closing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing__in", ["cancelled", "terminated"]), _negated=True),
                            models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="agreement_ended_has_reason",
                        violation_error_message="Cancelling and terminating need a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="agreement_ends_after_start",
                        violation_error_message="The end must be later than the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0)),
                        name="agreement_total_not_negative",
                        violation_error_message="The sum cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("content", models.TextField(editable=False)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("frozen_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="agreements.agreement"
                    ),
                ),
                (
                    "signed_pdf",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "ordinal"), name="agreement_text_ordinal_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("agreement",),
                        name="agreement_text_one_current",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("state_budget", "State budget"),
                            ("own_revenue", "Own revenue"),
                            ("fund", "Fund"),
                            ("donation", "Donation"),
                            ("in_kind", "In kind, valued in baht"),
                        ],
                        max_length=20,
                        verbose_name="source of money",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="amount (baht)")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_sources",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                        verbose_name="contributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget source",
                "verbose_name_plural": "budget sources",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="budget_source_positive",
                        violation_error_message="The amount must be more than 0 baht.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("number", models.CharField(blank=True, editable=False, max_length=40, verbose_name="call number")),
                (
                    "form",
                    models.CharField(
                        choices=[("grant", "Grant"), ("pbc", "Performance-based contracting")],
                        max_length=20,
                        verbose_name="form of partnership",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("open", "Open call"), ("direct", "Direct invitation")],
                        default="open",
                        max_length=10,
                        verbose_name="procedure",
                    ),
                ),
                ("procedure_reason", models.TextField(blank=True, verbose_name="reason for a direct invitation")),
                ("title", models.CharField(max_length=300, verbose_name="title of the call")),
                ("background", models.TextField(blank=True, verbose_name="background")),
                ("scope", models.TextField(blank=True, verbose_name="scope of work")),
                ("objectives", models.TextField(blank=True, verbose_name="objectives")),
                ("target_group", models.CharField(blank=True, max_length=300, verbose_name="target group")),
                ("area", models.CharField(blank=True, max_length=300, verbose_name="area")),
                ("duration_months", models.PositiveSmallIntegerField(default=12, verbose_name="duration (months)")),
                (
                    "budget_ceiling",
                    models.DecimalField(decimal_places=2, max_digits=15, verbose_name="budget ceiling (baht)"),
                ),
                ("allocation", models.TextField(blank=True, verbose_name="how the money is allocated")),
                ("evaluation_plan", models.TextField(blank=True, verbose_name="how the project is evaluated")),
                ("contact_phone", models.CharField(blank=True, max_length=50, verbose_name="telephone for questions")),
                ("closes_at", models.DateTimeField(verbose_name="deadline for proposals")),
                (
                    "state",
                    core.fields.StateField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Open for proposals"),
                            ("screening", "Screening and presentation"),
                            ("selection", "Selection"),
                            ("decided", "Decided"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cancel_reason", models.TextField(blank=True, verbose_name="reason for cancelling")),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="partnerships.organisation",
                        verbose_name="agency",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="partnerships.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible officer",
                    ),
                ),
            ],
            options={
                "verbose_name": "call for proposals",
                "verbose_name_plural": "calls for proposals",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "cancelled"]), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="call_published_is_stamped",
                        violation_error_message="A published call carries the time of its publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("procedure", "open"), models.Q(("procedure_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="call_direct_has_reason",
                        violation_error_message="A direct invitation needs its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget_ceiling__gt", 0)),
                        name="call_budget_positive",
                        violation_error_message="The budget ceiling must be more than 0 baht.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="call",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="agreements.call",
            ),
        ),
        migrations.CreateModel(
            name="CallCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("eligibility", "Qualification (met or not)"), ("scoring", "Criterion with a weight")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="criterion")),
                ("description", models.TextField(blank=True, verbose_name="explanation")),
                ("weight", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="weight (percent)")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="agreements.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["kind", "ordinal", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "eligibility"), ("weight__isnull", True)),
                            models.Q(("kind", "scoring"), ("weight__gt", 0), ("weight__lte", 100)),
                            _connector="OR",
                        ),
                        name="criterion_weight_by_kind",
                        violation_error_message="A criterion has a weight of 1 to 100; a qualification has none.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="agreements.call"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("call", "organisation"), name="call_invites_once")],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reviewer", "Reviewer of proposals"),
                            ("evaluator", "External evaluator"),
                            ("committee_member", "Committee member"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=20,
                        verbose_name="capacity",
                    ),
                ),
                ("starts_on", models.DateField(default=core.clock.today, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to="agreements.call",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "invited capacity",
                "verbose_name_plural": "invited capacities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement__isnull", True), ("call__isnull", False)),
                            models.Q(("agreement__isnull", False), ("call__isnull", True)),
                            _connector="OR",
                        ),
                        name="capacity_for_call_or_agreement",
                    ),
                    models.UniqueConstraint(fields=("user", "kind", "call"), name="capacity_once_per_call"),
                    models.UniqueConstraint(fields=("user", "kind", "agreement"), name="capacity_once_per_agreement"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("midterm", "Mid-term evaluation"),
                            ("final", "Final evaluation"),
                            ("cycle", "Evaluation of a cycle"),
                            ("lessons", "Lessons of working together"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(default=1)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pass", "Passed"),
                            ("fail", "Not passed"),
                            ("improve", "Improve the service"),
                            ("widen", "Widen to other missions"),
                            ("conclude", "Conclude the partnership"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "clearance",
                "verbose_name_plural": "clearances",
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "kind", "ordinal"), name="clearance_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name of the committee or body")),
                (
                    "order_number",
                    models.CharField(blank=True, max_length=100, verbose_name="number of the order or announcement"),
                ),
                ("ordered_on", models.DateField(blank=True, null=True, verbose_name="date of the order")),
                (
                    "ordered_by",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="ordered by (top executive of either side)"
                    ),
                ),
                ("secretariat", models.CharField(blank=True, max_length=300, verbose_name="secretariat office")),
                ("waiver_reason", models.TextField(blank=True, verbose_name="reason why no committee is set up")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="committee", to="agreements.agreement"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "joint committee",
                "verbose_name_plural": "joint committees",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ordered_on__isnull", False),
                                ("waiver_reason", ""),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("order_number", ""), _negated=True),
                            ),
                            models.Q(("waiver_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="committee_ordered_or_waived",
                        violation_error_message="Give name, number and date of the order, or the reason for having no committee.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteeMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("position", models.CharField(blank=True, max_length=300, verbose_name="position and organisation")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("giver", "Mission giver"),
                            ("receiver", "Mission receiver"),
                            ("supporter", "Supporter"),
                        ],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("chair", "Chair"), ("member", "Member"), ("secretary", "Secretary")],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("can_decide", models.BooleanField(default=True, verbose_name="can decide for the organisation")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="agreements.committee"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("publish_call", "Publish the call"),
                            ("select_proposals", "Select by the committee's resolution"),
                            ("sign_agreement", "Approve the text for signature"),
                            ("pay_instalment", "Approve the payment"),
                            ("close_agreement", "Close the agreement"),
                        ],
                        max_length=30,
                        verbose_name="matter",
                    ),
                ),
                ("positions", models.JSONField(default=list, editable=False)),
                ("reached", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_title", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "state",
                    core.fields.StateField(
                        choices=[
                            ("pending", "Under consideration"),
                            ("decided", "Approved"),
                            ("returned", "Returned for revision"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=core.clock.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="agreements.call",
                    ),
                ),
                (
                    "next_holder",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="partnerships.organisation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-proposed_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("kind", "call"),
                        name="decision_pending_once_per_call",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("kind", "agreement"),
                        name="decision_pending_once_per_agreement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement__isnull", True), ("call__isnull", False)),
                            models.Q(("agreement__isnull", False), ("call__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_on_call_or_agreement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("endorsed", "Endorsed"),
                            ("decided", "Approved"),
                            ("returned", "Returned"),
                        ],
                        max_length=10,
                        verbose_name="act",
                    ),
                ),
                ("position", models.CharField(max_length=200, verbose_name="position")),
                ("by_name", models.CharField(max_length=200, verbose_name="name")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("at", models.DateTimeField(default=core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="agreements.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("statement", models.CharField(max_length=300, verbose_name="indicator")),
                ("unit", models.CharField(max_length=50, verbose_name="unit")),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "Higher is better"), ("down", "Lower is better")],
                        default="up",
                        max_length=5,
                        verbose_name="direction",
                    ),
                ),
                ("baseline", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="baseline")),
                ("target", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="target")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight (percent)")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source of data")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="agreements.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["ordinal", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("target", models.F("baseline")), _negated=True),
                        name="indicator_target_differs",
                        violation_error_message="The target must differ from the baseline.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                        name="indicator_weight_1_to_100",
                        violation_error_message="The weight goes from 1 to 100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="instalment")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="amount (baht)")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("condition", models.TextField(blank=True, verbose_name="work and condition")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("state_budget", "State budget"),
                            ("own_revenue", "Own revenue"),
                            ("fund", "Fund"),
                            ("donation", "Donation"),
                            ("in_kind", "In kind, valued in baht"),
                        ],
                        default="state_budget",
                        max_length=20,
                        verbose_name="source of money",
                    ),
                ),
                (
                    "state",
                    core.fields.StateField(
                        choices=[
                            ("planned", "Planned"),
                            ("requested", "Requested"),
                            ("checked", "Checked"),
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("received", "Received"),
                            ("void", "Void"),
                        ],
                        db_index=True,
                        default="planned",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("requested_on", models.DateField(editable=False, null=True)),
                ("checked_on", models.DateField(editable=False, null=True)),
                ("check_note", models.TextField(blank=True, editable=False, verbose_name="result of acceptance")),
                ("approved_on", models.DateField(editable=False, null=True)),
                ("paid_on", models.DateField(editable=False, null=True)),
                ("received_on", models.DateField(editable=False, null=True)),
                (
                    "receipt_number",
                    models.CharField(blank=True, editable=False, max_length=50, verbose_name="receipt number"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["agreement", "ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "ordinal"), name="instalment_ordinal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="instalment_amount_positive",
                        violation_error_message="The amount must be more than 0 baht.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["paid", "received"]), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("checked_by__isnull", False),
                                ("paid_by__isnull", False),
                                ("paid_on__isnull", False),
                                models.Q(("checked_by", models.F("approved_by")), _negated=True),
                                models.Q(("approved_by", models.F("paid_by")), _negated=True),
                                models.Q(("checked_by", models.F("paid_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="instalment_paid_by_four_hands",
                        violation_error_message="Checking, approving and paying are done by three different people.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("checked_by__isnull", False),
                                models.Q(("checked_by", models.F("approved_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="instalment_approved_by_another",
                        violation_error_message="Whoever accepted the work cannot approve its payment.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="instalment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="agreements.instalment",
            ),
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("giver", "Mission giver"),
                            ("receiver", "Mission receiver"),
                            ("supporter", "Supporter"),
                        ],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                ("is_lead", models.BooleanField(default=False, verbose_name="lead of its side")),
                ("duties", models.TextField(blank=True, verbose_name="duties")),
                ("signatory_name", models.CharField(blank=True, max_length=200, verbose_name="name of the signatory")),
                (
                    "signatory_title",
                    models.CharField(blank=True, max_length=200, verbose_name="title of the signatory"),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="authority to sign (order or delegation)"
                    ),
                ),
                ("witness_1", models.CharField(blank=True, max_length=200, verbose_name="first witness")),
                ("witness_2", models.CharField(blank=True, max_length=200, verbose_name="second witness")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="agreements.agreement"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="partnerships.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["agreement", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "organisation"),
                        name="party_once",
                        violation_error_message="This organisation is already a party.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_lead", True)),
                        fields=("agreement", "side"),
                        name="party_one_lead_per_side",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("participation", models.TextField(blank=True, verbose_name="how stakeholders take part")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                ("proposed_at", models.DateTimeField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="agreements.agreement"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("giver", "Mission giver"),
                            ("receiver", "Mission receiver"),
                            ("supporter", "Supporter"),
                        ],
                        default="receiver",
                        editable=False,
                        max_length=10,
                        verbose_name="drawn up by",
                    ),
                ),
            ],
            options={
                "verbose_name": "action plan",
                "verbose_name_plural": "action plans",
                "constraints": [models.UniqueConstraint(fields=("agreement", "cycle"), name="plan_once_per_cycle")],
            },
        ),
        migrations.CreateModel(
            name="PlanActivity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("title", models.CharField(max_length=300, verbose_name="activity")),
                ("target", models.CharField(blank=True, max_length=300, verbose_name="target")),
                (
                    "responsible",
                    models.CharField(
                        choices=[
                            ("giver", "Mission giver"),
                            ("receiver", "Mission receiver"),
                            ("supporter", "Supporter"),
                        ],
                        default="receiver",
                        max_length=10,
                        verbose_name="who is responsible",
                    ),
                ),
                ("month_from", models.PositiveSmallIntegerField(verbose_name="from month")),
                ("month_to", models.PositiveSmallIntegerField(verbose_name="to month")),
                (
                    "budget",
                    models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name="budget (baht)"),
                ),
                ("legal_authority", models.CharField(blank=True, max_length=300, verbose_name="legal authority")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="agreements.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["ordinal", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month_from__gte", 1), ("month_to__gte", models.F("month_from"))),
                        name="activity_months_in_order",
                        violation_error_message="The last month must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget__gte", 0)),
                        name="activity_budget_not_negative",
                        violation_error_message="The budget cannot be negative.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "Instalment paid"),
                            ("spending", "Spending"),
                            ("return", "Return of unspent money"),
                            ("interest", "Bank interest"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="amount (baht)")),
                ("booked_on", models.DateField(verbose_name="date")),
                ("description", models.CharField(max_length=300, verbose_name="description")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("state_budget", "State budget"),
                            ("own_revenue", "Own revenue"),
                            ("fund", "Fund"),
                            ("donation", "Donation"),
                            ("in_kind", "In kind, valued in baht"),
                        ],
                        default="state_budget",
                        max_length=20,
                        verbose_name="source of money",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="agreements.accountentry",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="agreements.agreement"
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="agreements.instalment",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.planactivity",
                        verbose_name="activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "account entry",
                "verbose_name_plural": "account entries",
                "ordering": ["booked_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("corrects__isnull", True)),
                            models.Q(("amount__lt", 0), ("corrects__isnull", False)),
                            _connector="OR",
                        ),
                        name="entry_sign_by_correction",
                        violation_error_message="An entry is more than 0 baht; a correction takes the amount back.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "payment")),
                        fields=("instalment",),
                        name="entry_one_payment_per_instalment",
                        violation_error_message="This instalment was already paid.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("title", models.CharField(max_length=300, verbose_name="title of the project")),
                ("objectives", models.TextField(blank=True, verbose_name="objectives")),
                ("target_group", models.CharField(blank=True, max_length=300, verbose_name="target group")),
                (
                    "beneficiaries",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of people served"),
                ),
                ("area", models.CharField(blank=True, max_length=300, verbose_name="area")),
                ("activities", models.TextField(blank=True, verbose_name="activities and steps of work")),
                ("results", models.TextField(blank=True, verbose_name="expected results")),
                ("expertise", models.TextField(blank=True, verbose_name="expertise and track record")),
                ("network", models.TextField(blank=True, verbose_name="network and scaling")),
                ("risks", models.TextField(blank=True, verbose_name="risks and how they are met")),
                (
                    "duration_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="duration (months)"),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="budget (baht)"
                    ),
                ),
                ("budget_detail", models.TextField(blank=True, verbose_name="budget in detail")),
                (
                    "state",
                    core.fields.StateField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Withdrawn"),
                            ("eligible", "Eligible"),
                            ("ineligible", "Not eligible"),
                            ("selected", "Selected"),
                            ("reserve", "In reserve"),
                            ("not_selected", "Not selected"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("result_reason", models.TextField(blank=True, editable=False, verbose_name="reason for the result")),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="agreements.call",
                        verbose_name="call for proposals",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="partnerships.organisation",
                        verbose_name="proposing organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "organisation"),
                        name="proposal_once_per_call",
                        violation_error_message="Your organisation already has a proposal on this call.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("submitted_at__isnull", False), _connector="OR"),
                        name="proposal_submitted_is_stamped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget__isnull", True), ("budget__gt", 0), _connector="OR"),
                        name="proposal_budget_positive",
                        violation_error_message="The budget must be more than 0 baht.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presentation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place or online link")),
                ("minutes", models.TextField(verbose_name="minutes of the presentation")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presentation",
                        to="agreements.proposal",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="agreement",
            name="proposal",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreement",
                to="agreements.proposal",
            ),
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.TextField(editable=False)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("submitted_at", models.DateTimeField(editable=False)),
                ("submitted_by_name", models.CharField(editable=False, max_length=200)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="agreements.proposal"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="proposal_version_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "appointment_order",
                    models.CharField(max_length=200, verbose_name="appointment order of the committee"),
                ),
                ("meeting_number", models.CharField(max_length=50, verbose_name="meeting number")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("members", models.TextField(verbose_name="committee members present")),
                ("minutes", models.TextField(verbose_name="minutes and resolution")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resolution", to="agreements.call"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "resolution",
                "verbose_name_plural": "resolutions",
            },
        ),
        migrations.CreateModel(
            name="ResolutionOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("selected", "Selected"), ("reserve", "In reserve"), ("not_selected", "Not selected")],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="agreements.proposal"
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="agreements.resolution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("comment", models.TextField(blank=True, verbose_name="overall comment")),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=6,
                        null=True,
                        verbose_name="weighted score (of 100)",
                    ),
                ),
                ("finished_at", models.DateTimeField(editable=False, null=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="agreements.proposal"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.proposalversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "reviewer"), name="review_once_per_reviewer"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("total__isnull", True)),
                            models.Q(("finished_at__isnull", False), ("total__gte", 0), ("total__lte", 100)),
                            _connector="OR",
                        ),
                        name="review_finished_has_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points (0-5)")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.callcriterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="agreements.review"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="review_score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 0), ("points__lte", 5)),
                        name="review_points_0_to_5",
                        violation_error_message="Points go from 0 to 5.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("met", models.BooleanField(verbose_name="met")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("checked_at", models.DateTimeField(default=core.clock.now)),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.callcriterion",
                        verbose_name="qualification",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screening_checks",
                        to="agreements.proposal",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("proposal", "criterion"), name="screening_check_once")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "method",
                    models.CharField(
                        choices=[("screen", "On screen"), ("paper", "On paper")], max_length=10, verbose_name="method"
                    ),
                ),
                ("signatory_name", models.CharField(max_length=200, verbose_name="name of the signatory")),
                (
                    "signatory_title",
                    models.CharField(blank=True, max_length=200, verbose_name="title of the signatory"),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.party",
                        verbose_name="party",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.agreementtext",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("text", "party"),
                        name="signature_once_per_party",
                        violation_error_message="This party has already signed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method", "screen"), ("scan__isnull", False), _connector="OR"),
                        name="signature_paper_has_scan",
                        violation_error_message="A signature on paper needs the scan of the signed page.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            ("method", "screen"),
                            models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="signature_confirmed_by_another",
                        violation_error_message="The person who uploaded the scan cannot confirm it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("grant_1_preparation", "การเตรียมความพร้อม"),
                            ("grant_2_application", "การยื่นข้อเสนอ"),
                            ("grant_3_receipt", "การรับงบประมาณ"),
                            ("grant_4_delivery", "การจัดทำบริการสาธารณะตามที่ได้รับการจัดสรรเงินอุดหนุน"),
                            ("pbc_1_call", "ภาครัฐประกาศรายการภารกิจเพื่อเปิดรับข้อเสนอ"),
                            ("pbc_2_proposal", "ภาคส่วนอื่นยื่นข้อเสนอโครงการต่อหน่วยงานเจ้าของภารกิจ"),
                            ("pbc_3_presentation", "ภาคส่วนอื่นนำเสนอรายละเอียด"),
                            ("pbc_4_selection", "ภาครัฐพิจารณาและคัดเลือกข้อเสนอโครงการที่ผ่านเกณฑ์"),
                            ("pbc_5_first_instalment", "ภาครัฐจัดสรรงบประมาณงวดที่ 1"),
                            ("pbc_6_midterm_evaluation", "การประเมินผลการดำเนินงานระยะกลาง"),
                            ("pbc_7_next_instalment", "ภาครัฐจัดสรรงบประมาณงวดที่ 2"),
                            ("pbc_8_final_evaluation", "การประเมินผลหลังสิ้นสุดการดำเนินงาน"),
                            ("pbc_9_account_closing", "การปิดบัญชีงบประมาณ"),
                            ("commissioning_1_priorities", "การจัดลำดับความสำคัญของภารกิจและผลลัพธ์"),
                            ("commissioning_2_needs", "การประเมินความจำเป็นและความต้องการของกลุ่มเป้าหมาย"),
                            ("commissioning_3_resources", "การจัดสรรทรัพยากรเพื่อการจัดบริการสาธารณะ"),
                            ("commissioning_4_design", "การกำหนดรูปแบบการจัดบริการสาธารณะที่เหมาะสมกับกลุ่มเป้าหมาย"),
                            ("commissioning_5_delivery", "การจัดบริการสาธารณะ"),
                            ("commissioning_6_evaluation", "การติดตามและประเมินผล"),
                        ],
                        editable=False,
                        max_length=50,
                    ),
                ),
                ("cycle", models.PositiveSmallIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("vision", "Shared vision"),
                            ("priorities", "Priorities and possibilities"),
                            ("selection", "Selection of projects and activities"),
                            ("draft", "Draft agreement talked over"),
                            ("needs", "Needs of the target group"),
                            ("resources", "Resources and budget"),
                            ("design", "Design of the service"),
                            ("delivery", "Form, means and delivery of the service"),
                            ("work_completed", "The work has been completed"),
                            ("other", "Other matter"),
                        ],
                        max_length=20,
                        verbose_name="about",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date of the meeting or event")),
                ("decision", models.TextField(verbose_name="what was agreed or found")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                ("giver_confirmed_at", models.DateTimeField(null=True)),
                ("receiver_confirmed_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="agreements.agreement"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "giver_confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver_confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "step note",
                "verbose_name_plural": "step notes",
                "ordering": ["-held_on", "-pk"],
                "indexes": [models.Index(fields=["agreement", "kind", "cycle"], name="step_note_lookup")],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agreed",
                    models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name="agreed (baht)"),
                ),
                ("paid", models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name="paid (baht)")),
                ("spent", models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name="spent (baht)")),
                (
                    "returned",
                    models.DecimalField(decimal_places=2, default=0, max_digits=15, verbose_name="returned (baht)"),
                ),
                (
                    "interest",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=15, verbose_name="bank interest (baht)"
                    ),
                ),
                ("drawn_up_on", models.DateField(editable=False, null=True)),
                ("statement", models.TextField(blank=True, verbose_name="statement of the receiver")),
                ("checked_on", models.DateField(editable=False, null=True)),
                ("check_note", models.TextField(blank=True, verbose_name="result of the check")),
                (
                    "checked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn_up_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="account", to="agreements.agreement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paid__gte", 0), ("paid__lte", models.F("agreed"))),
                        name="account_paid_within_agreed",
                        violation_error_message="More would be paid than was agreed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interest__gte", 0),
                            ("returned__gte", 0),
                            ("spent__gte", 0),
                            (
                                "paid__gte",
                                django.db.models.functions.math.Round(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("spent"), "+", models.F("returned")
                                        ),
                                        "-",
                                        models.F("interest"),
                                    ),
                                    2,
                                ),
                            ),
                        ),
                        name="account_spent_within_paid",
                        violation_error_message="More would be spent and returned than was received.",
                    ),
                ],
            },
        ),
    ]
