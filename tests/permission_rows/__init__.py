"""The rows of the table of rights (shequtong/testing/permission_table.py): one file an area, its list called ROWS."""
