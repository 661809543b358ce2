"""What is wrong with a value that a user wrote."""


class Wrong(ValueError):  # noqa: N818 - it is about the user's words, not about a failure
    """A value that means nothing, with what to write instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
