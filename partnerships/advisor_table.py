"""The form advisor's rules (§3.0): one table of questions, and what each answer says for each form.

The six criteria are the manual's; questions, answers and points are ours. An answer pulls by points: +3 it is what the
form is made for, +2 and +1 it speaks for it, negative it speaks against it. AGAINST speaks against it firmly: the form
is then not recommended while there is another. How the answers are weighed: `partnerships.advisor`.

Change the table, and raise RULES_VERSION: choices keep the version that they were made under.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Form

Text = str | Promise
RULES_VERSION = 1
AGAINST = -4
GRANT, PBC, COMMISSIONING = Form.GRANT, Form.PBC, Form.COMMISSIONING


@dataclass(frozen=True)
class Pull:
    """What an answer says for (points above 0) or against a form, and why in one line."""

    form: str
    points: int
    why: Text

    @property
    def is_firm(self) -> bool:
        return self.points <= AGAINST


@dataclass(frozen=True)
class Answer:
    code: str
    label: Text
    pulls: tuple[Pull, ...] = ()

    def pull_on(self, form: str) -> Pull | None:
        return next((pull for pull in self.pulls if pull.form == form), None)


@dataclass(frozen=True)
class Question:
    """One question under one of the manual's six criteria."""

    code: str
    criterion: Text
    label: Text
    help: Text
    answers: tuple[Answer, ...]

    def answer(self, code: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.code == code), None)


NATURE = _("Nature of the mission")
SCOPE = _("Scope and time frame")
RESOURCES = _("Readiness of resources and budget")
WISHES = _("What executives and staff want")
RECEIVER = _("Readiness of the receiver")
RELATION = _("Relation between giver and receiver")

QUESTIONS: tuple[Question, ...] = (
    Question(
        "work",
        NATURE,
        _("What kind of work is it?"),
        _("Look at the work itself, not at how it has been paid for so far."),
        (
            Answer(
                "project",
                _("Work outside the routine: a system, a database, a survey, research, a report, training"),
                (
                    Pull(GRANT, 3, _("Grant is made for work that is not routine")),
                    Pull(PBC, -1, _("A contract for results suits services better than a single product")),
                ),
            ),
            Answer(
                "routine",
                _("A service that goes on, or routine work of the agency"),
                (
                    Pull(PBC, 3, _("A contract for results is made for services that go on")),
                    Pull(GRANT, AGAINST, _("Grant is not for routine work")),
                ),
            ),
            Answer(
                "new",
                _("A new service that the agency has no experience of"),
                (
                    Pull(PBC, 3, _("A contract brings in the experience that the agency does not have")),
                    Pull(GRANT, 1, _("A project can try the service out first")),
                ),
            ),
            Answer(
                "system",
                _("Running a whole system: steering, deciding and coordinating many services"),
                (
                    Pull(COMMISSIONING, 3, _("Commissioning is about managing a system together")),
                    Pull(GRANT, -1, _("A single project does not run a system")),
                ),
            ),
        ),
    ),
    Question(
        "breadth",
        NATURE,
        _("Is it one mission, or several under one policy?"),
        _("Several: different services or tasks that one policy or strategy holds together, often in one area."),
        (
            Answer(
                "one",
                _("One mission"),
                (
                    Pull(GRANT, 1, _("One mission fits one project")),
                    Pull(PBC, 1, _("One service fits one contract")),
                    Pull(COMMISSIONING, AGAINST, _("Commissioning is for several missions under one policy")),
                ),
            ),
            Answer(
                "several",
                _("Several missions under one policy or strategy"),
                (
                    Pull(COMMISSIONING, 3, _("Commissioning holds several missions together under one policy")),
                    Pull(GRANT, -1, _("Several missions do not fit into one project")),
                    Pull(PBC, -1, _("Several missions do not fit into one contract")),
                ),
            ),
        ),
    ),
    Question(
        "end",
        SCOPE,
        _("When does the work end?"),
        _("Think of the need of the people served, not of the budget year."),
        (
            Answer(
                "clear",
                _("On a clear date, when the product is there"),
                (
                    Pull(GRANT, 3, _("Grant is for a project with a clear end")),
                    Pull(COMMISSIONING, -1, _("A joint body is too much for work that soon ends")),
                ),
            ),
            Answer(
                "renewed",
                _("The service goes on; contracts of a set period can follow each other"),
                (
                    Pull(PBC, 3, _("The service goes on while each contract has its period and target group")),
                    Pull(GRANT, -2, _("A subsidy for a project ends with the project")),
                ),
            ),
            Answer(
                "strategic",
                _("It is long-term and strategic, and changes on the way"),
                (
                    Pull(COMMISSIONING, 3, _("Commissioning is long-term and strategic")),
                    Pull(GRANT, -2, _("A bounded project is too short for a strategy")),
                ),
            ),
        ),
    ),
    Question(
        "results",
        SCOPE,
        _("What can be fixed in advance?"),
        _("Results: what changes for the target group, with numbers that can be checked."),
        (
            Answer(
                "product",
                _("The activities and the product"),
                (Pull(GRANT, 2, _("Both sides agree on scope and target of the project")),),
            ),
            Answer(
                "measured",
                _("Results for a set target group, measured by indicators or cost per unit"),
                (Pull(PBC, 2, _("A contract fixes scope, target group and results")),),
            ),
            Answer(
                "found",
                _("Only the direction: needs and services are found out together"),
                (
                    Pull(COMMISSIONING, 2, _("Needs, resources and services are decided together, again and again")),
                    Pull(PBC, -2, _("A contract needs results that can be fixed")),
                ),
            ),
        ),
    ),
    Question(
        "capacity",
        RESOURCES,
        _("What does the agency lack?"),
        _("Staff, skill, nearness to the target group."),
        (
            Answer(
                "expertise",
                _("Expertise or access for this piece of work"),
                (Pull(GRANT, 2, _("Others know the field or the people better for this piece of work")),),
            ),
            Answer(
                "people",
                _("Staff and capacity to give the service all the time; it cannot grow"),
                (Pull(PBC, 2, _("The service can be handed over without growing the agency")),),
            ),
            Answer(
                "alone",
                _("No single body could do it alone"),
                (Pull(COMMISSIONING, 2, _("All sides must put in what they have")),),
            ),
        ),
    ),
    Question(
        "money",
        RESOURCES,
        _("Where does the money come from?"),
        _("What is known now; it need not be approved yet."),
        (
            Answer(
                "once",
                _("A set sum for this project"),
                (Pull(GRANT, 2, _("A set sum fits a project")),),
            ),
            Answer(
                "yearly",
                _("Yearly money that can be paid in instalments against results"),
                (Pull(PBC, 2, _("Instalments are paid against results")),),
            ),
            Answer(
                "pooled",
                _("Money and other resources of several bodies, put together"),
                (
                    Pull(COMMISSIONING, 3, _("Commissioning pools the resources of all sides")),
                    Pull(GRANT, -1, _("A subsidy comes from one giver")),
                ),
            ),
        ),
    ),
    Question(
        "wishes",
        WISHES,
        _("What do the agency's executives and staff want?"),
        _("Ask those who will have to work with the partner."),
        (
            Answer(
                "support",
                _("To support good work of others, with advice on the way"),
                (Pull(GRANT, 2, _("The giver supports and advises")),),
            ),
            Answer(
                "hand_over",
                _("To hand the service over and follow its results"),
                (Pull(PBC, 2, _("The giver follows results, not each step")),),
            ),
            Answer(
                "together",
                _("To decide and manage together as equals"),
                (
                    Pull(COMMISSIONING, 2, _("Giver and receivers decide as equals")),
                    Pull(PBC, -1, _("In a contract the giver sets scope and results")),
                ),
            ),
            Answer("open", _("They have not made up their minds")),
        ),
    ),
    Question(
        "ready",
        RECEIVER,
        _("How ready are possible receivers?"),
        _("Staff, bookkeeping, standards, experience with this target group."),
        (
            Answer(
                "growing",
                _("They know the field but need support in management and bookkeeping"),
                (
                    Pull(GRANT, 2, _("The giver may build up the receiver's capacity")),
                    Pull(PBC, -2, _("Payment against results is hard on a body that is still growing")),
                ),
            ),
            Answer(
                "capable",
                _("At least one gives such services already, to a standard"),
                (
                    Pull(PBC, 2, _("A capable body can answer for results")),
                    Pull(GRANT, 1, _("A capable body can carry a project")),
                ),
            ),
            Answer(
                "many",
                _("Several, each able to take a part and to share the administration"),
                (Pull(COMMISSIONING, 2, _("Several bodies can carry operations and the secretariat")),),
            ),
        ),
    ),
    Question(
        "trust",
        RELATION,
        _("How close are giver and receivers?"),
        _("Trust grows by working together: what has been done together so far?"),
        (
            Answer(
                "new",
                _("They hardly know each other"),
                (
                    Pull(GRANT, 1, _("A project is a good way to get to know each other")),
                    Pull(COMMISSIONING, AGAINST, _("Commissioning rests on trust and closeness")),
                ),
            ),
            Answer(
                "worked",
                _("They have worked together well"),
                (
                    Pull(PBC, 1, _("Experience with each other makes targets realistic")),
                    Pull(GRANT, 1, _("Experience with each other makes a project easy to agree")),
                ),
            ),
            Answer(
                "close",
                _("They have trusted each other for long, on several matters"),
                (Pull(COMMISSIONING, 2, _("Trust and closeness carry a joint contract")),),
            ),
        ),
    ),
    Question(
        "body",
        RELATION,
        _("Is a formal joint body wanted?"),
        _("A fund board, a non-profit body, an officially appointed committee with a secretariat."),
        (
            Answer(
                "none",
                _("No, or at most a joint committee that follows the work"),
                (
                    Pull(GRANT, 1, _("A written agreement is enough")),
                    Pull(PBC, 1, _("A contract is enough")),
                    Pull(COMMISSIONING, -3, _("Commissioning needs a formal central body")),
                ),
            ),
            Answer(
                "formal",
                _("Yes, or there is one already"),
                (Pull(COMMISSIONING, 3, _("A formal central body carries the joint contract")),),
            ),
        ),
    ),
)
BY_CODE = {question.code: question for question in QUESTIONS}
