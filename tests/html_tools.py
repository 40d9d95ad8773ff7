"""Asking a drawn page by CSS selectors, with the HTML parser and selector engine that WeasyPrint brings along."""

from __future__ import annotations

import cssselect2
import tinyhtml5


class Element:
    """An element of a page."""

    def __init__(self, wrapper: cssselect2.ElementWrapper) -> None:
        self._wrapper = wrapper
        self.attrib: dict[str, str] = dict(wrapper.etree_element.attrib)

    def get(self, name: str) -> str | None:
        return self.attrib.get(name)

    def all(self, selector: str) -> list[Element]:
        """The elements below this one that match, in order."""
        return [Element(found) for found in self._wrapper.query_all(selector)]

    def one(self, selector: str) -> Element:
        """The only element that matches."""
        (found,) = self.all(selector)
        return found

    @property
    def words(self) -> str:
        """The text, with every run of white space as one space."""
        return " ".join("".join(self._wrapper.etree_element.itertext()).split())


def page_of(text: str) -> Element:
    """The root element of a page or a piece of one."""
    return Element(cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse("" + text, namespace_html_elements=False)))
