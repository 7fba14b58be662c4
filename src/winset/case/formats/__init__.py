"""Reads negotiations that other tools wrote: Genius XML, GeniusWeb JSON, NegMAS YAML.

What a file is, is told from its content. Utilities keep the scale of the file (``scale: peer``). What cannot be
represented is an InputError that names it.
"""

from winset.case.formats.folder import is_peer, read

__all__ = ["is_peer", "read"]
