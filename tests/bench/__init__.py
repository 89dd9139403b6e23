"""Measure sosdir beside what people would use instead, on one machine in one run (``make bench``).

Machines differ and are noisy, so every figure that counts is a ratio: what is compared is asked in
turn, round by round, and the median of the rounds' ratios is told. Nothing of it is a test.
"""
