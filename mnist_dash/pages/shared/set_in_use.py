"""The set in use, MNIST or the reader's own, and how that is brought; it belongs to one visit.

The set in use stays until a new one stands. Every page shows it.
"""

import os
import re
import sys
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_dash import compute
from mnist_dash.compute import Arrival, Files, Own, Unlabelled
from mnist_dash.core.datasets import Dataset
from mnist_dash.core.folders import folder_of
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.settings import OWN, SETTINGS, Setting, settings_of
from mnist_dash.pages.shared.visit import of_visit

OPTION = re.compile(rf"\b({'|'.join(OWN)})=")


class Desk:
    """files: those that were brought last. options: with which they were read.

    own: the set in use; None is MNIST. stood: its files and options. unlabelled: images that were only to be
    called. arrival: what is being read. error: why nothing came of what was read last. number: of the
    uploader; another one is empty.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        self.files: Files | None = None
        self.options: Mapping[str, Any] = {}
        self.own: Own | None = None
        self.stood: tuple[Files | None, Mapping[str, Any]] = (None, {})
        self.unlabelled: Unlabelled | None = None
        self.arrival: Arrival | None = None
        self.error = ""
        self.number = 0
        self.left = 0.0  # when its visit was first seen to have no browser

    def take(self, files: Files) -> None:
        """Begin with other files, as they are."""
        self.files, self.number = files, self.number + 1
        choices().choose(**_settings({}))
        self._begin({})

    def read(self) -> None:
        """Read the files again if the reader has chosen other options."""
        if self.files and (options := chosen_options()) != self.options:
            self._begin(options)

    def _begin(self, options: Mapping[str, Any]) -> None:
        self._stop()
        self.options = options
        self.arrival = Arrival(self.files, options, in_use())

    def settle(self) -> None:
        """What has arrived comes into use."""
        if not (self.arrival and self.arrival.done):
            return
        arrived, self.error, self.arrival = self.arrival.value, self.arrival.error, None
        if isinstance(arrived, Own):
            given = self.own is None and self.files.path is not None
            self._replace(Own(arrived.data, arrived.words, arrived.known))  # of a path, others use it too
            self.stood = self.files, self.options
            choices().turn_to(_settings_of(self.own.data), asked_for=given)
            return
        self.unlabelled = arrived or self.unlabelled
        if not options_named((self.error,)):  # nothing to be chosen about these files
            self.files, self.options = self.stood
            choices().choose(**_settings(self.options))

    def cancel(self) -> Mapping[str, Any]:
        """Stop reading; what is in use stays, with the options it was read with."""
        self._stop()
        self.files, self.options = self.stood
        return _settings(self.options)

    def clear(self) -> Mapping[str, Any]:
        """Back to MNIST."""
        self.let_go()
        choices().turn_to(SETTINGS)
        return _settings({})

    def let_go(self) -> None:
        """Nothing of the reader's is kept."""
        self._stop()
        self._replace(None)
        self.stood = self.files, self.options = None, {}

    def _replace(self, own: Own | None) -> None:
        if self.own:
            self.own.let_go()
        self.own, self.unlabelled = own, None

    def _stop(self) -> None:
        if self.arrival:
            self.arrival.cancel()
        self.arrival, self.error = None, ""


def _settings_of(dataset: Dataset) -> Mapping[str, Setting]:
    names = tuple((label, dataset.classes[label]) for label in dataset.labels)
    return settings_of(names, *dataset.train.images.shape[1:])


def _unset(names: Iterable[str]) -> dict[str, Any]:
    return {name: SETTINGS[name].default for name in names}


def _settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """All settings of how files are read, for these options of ``load_dataset``."""
    return _unset(OWN.values()) | {OWN[option]: value for option, value in options.items()}


def desk() -> Desk:
    """That of this visit. The first look reads the path that the app was started with, if any."""
    return of_visit("desk", _new_desk)


def _new_desk() -> Desk:
    session = get_script_run_ctx().session_id
    made = _desks[session] = Desk(session)
    if path := path_given():
        made.files, made.arrival = Files(path=path), compute.shared_arrival(path, compute.mnist())
    return made


_desks: WeakValueDictionary[str, Desk] = WeakValueDictionary()  # by session


def forget_ended(now: float) -> None:
    """Free what belongs to visits that have ended; Streamlit may keep the rest of these for hours.

    now: in seconds, of a clock that never goes back.
    """
    active, last = runtime.get_instance().is_active_session, st.get_option("server.disconnectedSessionTTL")
    for desk in filter(None, [held() for held in _desks.valuerefs()]):
        if active(desk.session):
            desk.left = 0.0
        elif not desk.left:
            desk.left = now
        elif now - desk.left > last:  # nobody can come back
            desk.let_go()


def path_given() -> Path | None:
    """``streamlit run streamlit_app.py -- --data PATH``, or MNIST_DASH_DATA."""
    given = sys.argv[1:]
    at = given.index("--data") + 1 if "--data" in given else len(given)
    path = given[at] if at < len(given) else os.environ.get("MNIST_DASH_DATA")
    return Path(path).expanduser() if path else None


def chosen_options() -> dict[str, Any]:
    """Those of ``load_dataset`` that are not as they are by default."""
    chosen = choices()
    found = {option: chosen[name] for option, name in OWN.items()}
    return {option: value for option, value in found.items() if value != SETTINGS[OWN[option]].default}


def options_named(sentences: tuple[str, ...]) -> set[str]:
    """The options of ``load_dataset`` that these name as a way out: ``turn=True sets them upright``."""
    return {option for sentence in sentences for option in OPTION.findall(sentence)}


def own() -> Own | None:
    """The reader's set, if that is in use. Outside a run there is no reader."""
    return desk().own if get_script_run_ctx() else None


def in_use() -> Dataset:
    """The set in use in this visit."""
    mine = own()
    return mine.data if mine else compute.mnist()


def mnist_in_use() -> bool:
    """Whether that is MNIST, as it comes with the app."""
    return own() is None


def given() -> Mapping[str, Hashable]:
    """What the lines of ``chapter`` need to begin with it."""
    mine = own()
    return mine.given if mine else {}


def folder(part: str, label: int) -> str:
    """The folder of a class: ``train/3``."""
    return folder_of(in_use(), part, label)


def shape() -> tuple[int, int]:
    """Height and width of its images."""
    return tuple(in_use().train.images.shape[1:])
