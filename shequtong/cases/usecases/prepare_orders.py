"""Prepare orders (读入工单表): a table of the hotline is read and kept sealed, to be looked at; nothing is imported before `import_orders`."""

from dataclasses import replace
from datetime import datetime

from shequtong.cases import permissions
from shequtong.cases.hotline import read_orders
from shequtong.cases.hotline.matching import guessed
from shequtong.cases.hotline.orders import Order, Upload
from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.core.refusals import Forbidden
from shequtong.files.models import Blob
from shequtong.files.usecases import store_document


def prepare_orders(*, content: bytes, name: str, by: Actor, now: datetime) -> Blob:
    """Keep the orders of a table for a day, in the actor's own subdistrict. Not inside a transaction: bytes are stored. Raises Forbidden, CannotRead."""
    if not by.may(permissions.HOTLINE):
        raise Forbidden(permissions.HOTLINE, "WorkOrder")
    lines = read_orders(content, place(by.home).zone)
    upload = Upload(
        name[-120:],
        tuple(_with_guess(line.order) for line in lines if line.order is not None),
        tuple((line.row, line.number, line.why) for line in lines if line.order is None),
    )
    return store_document(content=upload.sealed(), subdistrict_id=by.home, by=by, now=now)


def _with_guess(order: Order) -> Order:
    return order if order.categories else replace(order, guess=guessed(order.text))
