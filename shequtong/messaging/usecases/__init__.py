"""What may be done with messages: put in the outbox, sent by the worker, read by the person."""

from .forget_texts_of import forget_texts_of
from .mark_read import mark_all_read, mark_read
from .send_due_messages import send_due_messages
from .send_message import NewMessage, send_message, send_messages

__all__ = ["NewMessage", "forget_texts_of", "mark_all_read", "mark_read", "send_due_messages", "send_message", "send_messages"]
