"""How a warning about the year is said."""

from csweek.errors import Problem, Severity
from csweek.model.inputs import Inputs
from csweek.model.theme import Action


def warning(message: str, hint: str, action: Action | None = None) -> Problem:
    """Return a warning, at the action that it is about."""
    return Problem(action.place if action else None, message, hint, Severity.WARNING)


def name_of(ident: str, inputs: Inputs) -> str:
    """Return how a person is called, of all others the id."""
    known = inputs.people.persons.get(ident)
    return known.name if known else ident or "the organisation"
