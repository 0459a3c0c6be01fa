"""The elements that the final document shows, in order, without recursion: what nests a million deep costs no stack."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parsers.readers.docx import names

_KNOWN = ("http://schemas.microsoft.com/office/word/", "http://schemas.microsoft.com/office/drawing/")
"""A Choice that asks for one of these namespaces is how Word itself shows the content."""


def child_of(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child of this name. Asked for every cell and paragraph; lxml's own `find` takes twice as long."""
    return next(parent.iterchildren(name), None)


def elements_of(parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The nearest wanted descendants. Wrappers are looked through, of alternatives exactly one is taken."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in wanted:
            yield child
        elif child.tag == names.ALTERNATE:
            branch = _alternative(child)
            if branch is not None:
                stack.append(iter(branch))
        elif child.tag not in names.UNSEEN and len(child):
            stack.append(iter(child))


def _alternative(element: etree._Element) -> etree._Element | None:
    """The first choice that Word knows, else the fallback (ECMA-376 part 3, 7.5)."""
    known = (choice for choice in element.findall(names.CHOICE) if _is_known(choice))
    return next(known, element.find(names.FALLBACK))


def _is_known(choice: etree._Element) -> bool:
    prefixes = choice.get("Requires", "").split()
    return bool(prefixes) and all(choice.nsmap.get(prefix, "").startswith(_KNOWN) for prefix in prefixes)
