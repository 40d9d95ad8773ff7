"""How asking and answering are tried."""

from __future__ import annotations

from collections.abc import Callable

from agreements.actions.questions import answer_question, ask_question

ASKING: dict[str, Callable] = {"ask": lambda call, by: ask_question(call=call, text="ยื่นร่วมกันได้หรือไม่", by=by)}
QUESTION: dict[str, Callable] = {"answer": lambda one, by: answer_question(question=one, answer="ได้", by=by)}
