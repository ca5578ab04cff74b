"""Gateways (短信网关): how a text message leaves the platform. Which one is used stands in the settings (MESSAGING_GATEWAY).

Public: `Gateway`, what it may raise, and `gateway()`, the one that is in use.
"""

from .console import ConsoleGateway
from .file import FileGateway
from .interface import Gateway, GatewayError, GatewayRefusedError, gateway

__all__ = ["ConsoleGateway", "FileGateway", "Gateway", "GatewayError", "GatewayRefusedError", "gateway"]
