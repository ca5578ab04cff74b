"""A finished history of another system (历史导入): a file's rows and what a mapping says they mean, up to plain values of a past case.

`tables` reads files, `mapping` the mapping, `translate` makes a past case of a row or says why not, `look` looks at a whole file first.
"""
