"""Addresses as people write them (地址): read into parts, found among the buildings. Public: `parse_address`, `search_buildings`, `nearest_building`."""

from shequtong.territory.address.parse import AddressParts, parse_address
from shequtong.territory.address.search import Match, compounds_called, nearest_building, search_buildings

__all__ = ["AddressParts", "Match", "compounds_called", "nearest_building", "parse_address", "search_buildings"]
