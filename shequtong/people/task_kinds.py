"""What the registry can be asked to do outside a request (后台任务)."""

from shequtong.people.exports import EXPORT

KINDS = (EXPORT,)
