"""The types that pass between the parts: frozen, without behaviour that needs anything from outside.

text → Settings, Theme, People, Story (together: Inputs) → Plan of Event → Document → file

``basics`` (the words of the trade, time) may be known by ``theme`` and ``people``, these by ``inputs`` (all
that the user wrote), and ``basics`` by ``plan`` (what csweek makes). Each is imported by its own name, so
that showing a saved plan does not load what only planning needs.
"""
