"""What the present request is called and where it comes from, for records written deep below the view."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    """`id` is made by us for each request; `ip` is the client's address as text, empty when unknown."""

    id: str = ""
    ip: str = ""


_current: ContextVar[RequestContext] = ContextVar("request_context", default=RequestContext())  # noqa: B039 - frozen


def current() -> RequestContext:
    """The context of the request being answered; empty fields outside of one (commands, tasks)."""
    return _current.get()


def enter(context: RequestContext) -> object:
    """Set the context; give the returned token to `leave`."""
    return _current.set(context)


def leave(token: object) -> None:
    """Put back the context that was there before `enter`."""
    _current.reset(token)  # type: ignore[arg-type]
