"""News for every screen."""

from PySide6.QtCore import QObject

from ui.change_hub import ChangeHub


def test_everybody_hears_what_changed_and_who_did_it(qapp) -> None:
    hub, maker = ChangeHub(), QObject()
    heard: list[tuple[object, object]] = []
    hub.changed.connect(lambda changes, by: heard.append((changes, by)))
    hub.publish("tasks", by=maker)
    hub.publish("tasks")
    assert heard == [("tasks", maker), ("tasks", None)]
