"""The command line, and the one place that wires storage, crawler and pipeline together."""

__version__ = "0.1.0"
