"""A database on disk, filled from the one that a test layer has in memory."""

from collections.abc import Iterator
from pathlib import Path
from ZODB import DB
from ZODB.blob import is_blob_record
from ZODB.Connection import TransactionMetaData
from ZODB.FileStorage import FileStorage
from ZODB.serialize import referencesf
from ZODB.utils import z64
import shutil


CACHE = 30000
"""Objects that a connection keeps, as in a running site."""


def copied(source: DB, folder: Path) -> DB:
    """Everything that can be reached in a database, under the same ids, in a FileStorage."""
    storage = FileStorage(str(folder / "Data.fs"), blob_dir=str(folder / "blobs"))
    meta = TransactionMetaData(description="copied")
    storage.tpc_begin(meta)
    for oid, data, serial in _records(source.storage):
        if is_blob_record(data):
            aside = folder / "blob"
            shutil.copy(source.storage.loadBlob(oid, serial), aside)
            storage.storeBlob(oid, z64, data, str(aside), "", meta)
        else:
            storage.store(oid, z64, data, "", meta)
    storage.tpc_vote(meta)
    storage.tpc_finish(meta)
    return DB(storage, cache_size=CACHE)


def _records(storage: object) -> Iterator[tuple[bytes, bytes, bytes]]:
    found, waiting = {z64}, [z64]
    while waiting:
        oid = waiting.pop()
        data, serial = storage.load(oid)
        yield oid, data, serial
        new = set(referencesf(data)) - found
        found |= new
        waiting += new
