"""The privacy notice (隐私说明): which version of its text a reporter read. A change of its meaning needs a new version."""

NOTICE_VERSION = "2026-12"
