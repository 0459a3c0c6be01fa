"""Troubles of the shell, told apart by type. A document's own troubles are parsers.model.errors."""

from __future__ import annotations


class TransientError(Exception):
    """The world outside failed for the moment (S3, Redis, the network). Retried; the sweep is the last net."""


class SupersededError(Exception):
    """Another version stands under this key now; that version has its own job. This job ends without a marker."""


class DeletedError(Exception):
    """The object is gone. This job ends without a marker."""


class ConfigurationError(Exception):
    """The program cannot start as it is set up. One clear Chinese sentence, and an exit code of the RUNBOOK."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code


class AgainError(Exception):
    """This submission is to run once more, through the `retry` queue, where nothing else suffers from it."""


class OfficeError(Exception):
    """This submission must first be converted by an office program: it is to run through the `office` queue."""
