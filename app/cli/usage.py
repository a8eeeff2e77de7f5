"""Arguments that are well formed one by one and make no sense together."""


class UsageError(Exception):
    """Ends the command with exit status 2; ``sentence`` is translated already."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence
