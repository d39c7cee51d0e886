"""Translation with Argos packages: which there are, how they come and go, and what they make of a sentence."""

from pipeline.translation.engine import Engine, Rendering, engine_for
from pipeline.translation.installing import add, install, remove
from pipeline.translation.lines import translate_lines
from pipeline.translation.packages import Package, installed, package_for, route, starters, verify

__all__ = [
    "Engine",
    "Package",
    "Rendering",
    "add",
    "engine_for",
    "install",
    "installed",
    "package_for",
    "remove",
    "route",
    "starters",
    "translate_lines",
    "verify",
]
