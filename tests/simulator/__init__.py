"""An independent simulator of the flow (流转模拟器): a model in plain Python, written from docs/flow-rules.md, against the program.

The model (town, clock, case, world, moves_*, timers) imports nothing of shequtong; program, compare and life drive the two side by side.
"""
