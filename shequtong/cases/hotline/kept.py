"""Tables of orders that wait to be imported (待导入工单表): sealed bytes that hang on nothing, for who sent them in, swept after a day."""

from shequtong.cases.hotline.orders import Upload
from shequtong.core.actors import Actor
from shequtong.core.sealed import SealError
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.files.usecases.store_document import BYTES


def kept_upload(blob_id: int, by: Actor) -> Upload | None:
    """The table this actor sent in; None when it is another's, no table, or gone. One statement."""
    mine = Blob.objects.filter(subdistrict=by.home, pk=blob_id, account_id=by.account_id, mime=BYTES, state=Blob.State.STORED)
    blob = mine.unattached().first() if by.account_id is not None else None
    if blob is None:
        return None
    try:
        return Upload.opened(storage.read(blob.key, storage.DOCUMENT))
    except (SealError, FileNotFoundError, UnicodeDecodeError):
        return None
