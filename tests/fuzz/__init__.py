"""Fuzz targets: every parser that takes text from outside, each fed with bytes.

``make fuzz`` searches for new inputs by coverage; ``tests/fuzz/test_corpus.py`` replays those that
are kept, without the fuzzer. How to go about it: ``docs/security-testing.md``.
"""
