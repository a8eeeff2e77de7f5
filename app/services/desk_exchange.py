"""Members of a team give each other their notes by stick (Art. 14); what comes is taken like any other package."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.crypto.unlocked_header import UnlockedHeader
from app.domain.ids import CampaignId
from app.domain.onsite.ids import VisitId
from app.domain.parting import DEFAULT_MAX_MB, MEGABYTE
from app.progress import NoProgress, Progress
from app.services.desk_errors import FileExistsHereError, NoCredentialError
from app.services.desk_hand_in_writing import require_folder
from app.services.desk_keys import KeyFile, signer_of
from app.services.exchange_errors import ExchangeFolderError, NothingToGiveError
from app.services.exchange_packing import Shipment, shipments
from app.services.exchange_values import DamagedPhoto, ExchangeWritten, LeftOut, Offers, WrittenExchange
from app.services.exchange_writing import Writer, write_shipment, writer_of
from app.services.photo_reading import PhotoReading
from app.storage.desk.store import DeskStore

_LIMIT: Final = DEFAULT_MAX_MB * MEGABYTE  # bytes of photographs in one file


class ExchangeService:
    """Giving needs the passphrase, because a colleague's desk believes what is signed."""

    def __init__(self, store: DeskStore, keys: KeyFile, *, limit: int = _LIMIT) -> None:
        self._store, self._keys, self._limit = store, keys, limit

    def offers(self, visits: Sequence[VisitId] = ()) -> Offers:
        """What would be given to whom: of *visits*, or of every open one.

        Raises:
            As :meth:`give`, but for the passphrase and the medium.
        """
        made, left_out = self._shipments(visits)
        return Offers(tuple(one.offer() for one in made), left_out)

    def give(
        self, out: Path, *, passphrase: str, visits: Sequence[VisitId] = (), progress: Progress | None = None
    ) -> ExchangeWritten:
        """Write the notes for the other desks of the team, sealed for each of their computers.

        Args:
            out: a folder that is there, or the one new file.
            visits: which ones; every open one where nothing is said.

        Raises:
            VisitUnknownError, TeamUnknownError, NobodyToGiveError, OwnComputerUnknownError, the errors of a locked
            dossier: for visits that were named. NothingToGiveError: nothing is open.
            ExchangeFolderError, FileExistsHereError, WrongPassphraseError, NoCredentialError, and the errors of
            :mod:`app.file_errors`: the file in hand is not there then, those before it are whole.
        """
        made, left_out = self._shipments(visits)
        if not made:
            raise NothingToGiveError
        count = sum(len(one.parts) for one in made)
        if not out.is_dir():
            require_folder(out)
            if count > 1:
                raise ExchangeFolderError(count=count)
            if out.exists():
                raise FileExistsHereError(file=out.name)
        unlocked = self._keys.unlock_typed(passphrase)
        writers = {one.campaign: self._writer(unlocked, one.campaign) for one in made}
        total = sum(photo.facts.size for one in made for part in one.parts for photo in part)
        photos = PhotoReading(self._store, progress or NoProgress(), total=total)
        files: list[WrittenExchange] = []
        damaged: list[DamagedPhoto] = []
        for shipment in made:
            written, spoilt = write_shipment(
                self._store, shipment, writer=writers[shipment.campaign], out=out, photos=photos
            )
            files += written
            damaged += spoilt
        return ExchangeWritten(tuple(files), left_out, tuple(damaged))

    def _shipments(self, visits: Sequence[VisitId]) -> tuple[tuple[Shipment, ...], tuple[LeftOut, ...]]:
        with self._store.reading() as work:
            return shipments(work, tuple(dict.fromkeys(visits)), limit=self._limit)

    def _writer(self, unlocked: UnlockedHeader, campaign: CampaignId) -> Writer:
        with self._store.reading() as work:
            keys, known = work.desk.keys(), work.desk.campaign(campaign)
            if keys is None or known is None or known.certificate is None:
                raise NoCredentialError
            return writer_of(work, campaign, signer_of(unlocked, keys, certificate=known.certificate))
