"""The words shown (界面文字): gathered from code and templates, kept in one catalogue, compiled and checked without system gettext."""
