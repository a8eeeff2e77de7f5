"""Streaming XML without a tree: entities, external references and document types are refused outright."""

from typing import Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from app.decoding.protocol import Refused


class Target(Protocol):
    """Receives what the parser meets; names come as ``{namespace}local``."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters, possibly in pieces."""

    def close(self) -> None:
        """The document has ended."""


def feed(data: bytes, target: Target) -> None:
    """Parse *data* into *target*.

    Raises:
        Refused: ``damaged`` if it is not well-formed or uses what Office files never need.
    """
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        raise Refused("damaged") from None


def local(tag: str) -> str:
    """The name without its namespace; transitional and strict files differ only there."""
    return tag.rpartition("}")[2]


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """An attribute by its local name, in whatever namespace."""
    return next((value for key, value in attributes.items() if local(key) == name), None)
