"""Open calls as an Atom feed (RFC 4287), narrowed by field of work and province as the list is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from agreements.forms.public_calls import PublicCallFilter
from agreements.models import Call
from agreements.queries.call_public import short_description
from agreements.queries.public_calls import public_calls, with_places
from core.site import site_host, site_url

MOST = 50


class OpenCallsFeed(Feed):
    """Ids are tag URIs (RFC 4151) of the call's reference, which never changes; an addendum moves `updated` on."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**PublicCallFilter(request.GET).chosen, "closed": False}

    def title(self, chosen: dict[str, Any]) -> str:
        return _("Open calls for proposals")

    def subtitle(self, chosen: dict[str, Any]) -> str:
        return _("Missions of state agencies for which a partner is sought.")

    def link(self, chosen: dict[str, Any]) -> str:
        return site_url() + reverse("agreements:public_calls")

    def feed_guid(self, chosen: dict[str, Any]) -> str:
        field = chosen["field"].code if chosen["field"] else ""
        narrowed = ":".join(part for part in (field, chosen["province"], chosen["form"], chosen["words"]) if part)
        return f"tag:{site_host()},2026:calls{':' + narrowed if narrowed else ''}"

    def author_name(self, chosen: dict[str, Any]) -> str:
        return _("Phakhi")

    def items(self, chosen: dict[str, Any]) -> list[Call]:
        """The latest published first; when the last addendum was published comes along in the same query."""
        rows = with_places(public_calls(**chosen)).annotate(changed_at=Max("addenda__published_at"))
        return list(rows.order_by("-published_at", "-pk")[:MOST])

    def item_title(self, call: Call) -> str:
        return call.title

    def item_description(self, call: Call) -> str:
        return escape(short_description(call))  # read as HTML

    def item_link(self, call: Call) -> str:
        return site_url() + reverse("agreements:call_detail", args=[call.reference])

    def item_guid(self, call: Call) -> str:
        return f"tag:{site_host()},{timezone.localtime(call.published_at):%Y-%m-%d}:call:{call.reference}"

    def item_author_name(self, call: Call) -> str:
        return call.agency.name

    def item_pubdate(self, call: Call) -> datetime:
        return call.published_at

    def item_updateddate(self, call: Call) -> datetime:
        return call.changed_at or call.published_at

    def item_categories(self, call: Call) -> list[str]:
        return [call.get_form_display(), *(field.name for field in call.fields_of_work.all())]
