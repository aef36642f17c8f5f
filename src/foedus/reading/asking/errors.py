"""What stops a run of questions before it begins."""


class AskingError(Exception):
    """A language model that cannot be asked, or a record that cannot be used; and the mend."""

    bad_input = True
