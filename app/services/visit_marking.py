"""Marked copies of photographs: arrows, boxes and black-outs are drawn on a copy, never on what came from a camera."""

import hashlib
from typing import Final

from app.decoding.pool import DecodingPool
from app.domain.application import MediaType
from app.domain.changes import Changes
from app.domain.ids import Sha256
from app.domain.onsite.ids import EntryId, VisitId
from app.domain.onsite.photo import MarkedCopy, PhotoFacts
from app.services.visit_errors import EntryUnknownError, NoPictureError
from app.services.visit_notebook import Notebook
from app.storage.desk.store import DeskStore

_SIDE: Final = 96
_ENDING: Final = "-marked.jpg"


class VisitMarking:
    """Takes in what was drawn."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool

    def keep(self, visit: VisitId, original: Sha256, data: bytes) -> tuple[PhotoFacts, Changes]:
        """Put *data*, a picture drawn over *original*, into the tray as a photo of its own, beside the original.

        It carries the moment the original claims and nothing else of its camera data, and never counts as looking
        alike: it says of itself what it is a copy of.

        Raises:
            EntryUnknownError: no such photo. NoPictureError: *data* is none. Otherwise as the visit does.
        """
        sha256 = Sha256(hashlib.sha256(data).hexdigest())
        with self._pool.open(lambda: data, sha256) as document:
            seen = document.overview
            if seen.picture is None or not seen.kind.is_image:
                raise NoPictureError(file=original[:8])
            document.thumbnail(1, side=_SIDE)
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            by, _typed = notebook.author(None)
            photos = tuple(notebook.values(PhotoFacts).values())
            source = next((one for one in photos if one.sha256 == original), None)
            if source is None or sha256 == original:
                raise EntryUnknownError(entry=original[:8])
            facts = PhotoFacts(
                sha256=sha256,
                number=max((one.number for one in photos if one.author == by), default=0) + 1,
                size=len(data),
                media=MediaType[seen.kind.name],
                name=f"{source.name.rsplit('.', 1)[0]}{_ENDING}",
                width=seen.width,
                height=seen.height,
                received_at=notebook.now,
                author=by,
                taken_at=source.taken_at,
            )
            work.photos.put([data])
            notebook.put(EntryId(f"{sha256}@{by}"), facts, author=by)
            notebook.put(EntryId(f"{sha256}@{by}"), MarkedCopy(sha256, original, by), author=by)
            notebook.commit()
        return facts, Changes(visits=frozenset({visit}))
