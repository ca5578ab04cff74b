"""12345 work orders (12345 工单): read from a table, matched to class and place, kept sealed until they are imported."""

from shequtong.cases.hotline.orders import SOURCE, Order
from shequtong.cases.hotline.reading import MOST_ORDERS, Line, read_orders

__all__ = ["MOST_ORDERS", "SOURCE", "Line", "Order", "read_orders"]
