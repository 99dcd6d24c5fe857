"""Reads the project's own data files into core types."""

import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.matching.topics import Topic, Topics, TopicsError
from bot.mentoring.conditions import CONDITIONS
from bot.mentoring.discovery import Discovery
from bot.mentoring.steps import Journey, Stage, Step

_PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
_TOPICS = (_PROMPTS / "topics.toml", _PROMPTS / "technologies.toml")
_JOURNEY = _PROMPTS / "journey.yml"
_DISCOVERY = _PROMPTS / "discovery.yml"
_STAGE, _STEP = TypeAdapter(Stage), TypeAdapter(Step)
T = TypeVar("T", Stage, Step)


@cache
def load_topics(*paths: Path) -> Topics:
    """The maintained topics of `prompts/`, or of given files, read once; TopicsError says what is wrong."""
    return Topics(topic for path in paths or _TOPICS for topic in _topics_of(path))


def _topics_of(path: Path) -> list[Topic]:
    kinds = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_topic(name, kind, entry) for kind, topics in kinds.items() for name, entry in topics.items()]


def _topic(name: str, kind: str, entry: dict[str, Any]) -> Topic:
    unknown = entry.keys() - {"also", "near"}
    if unknown:
        raise TopicsError(f"{name!r} has an unknown key {min(unknown)!r}")
    related = MappingProxyType(dict(entry.get("near", {})))
    return Topic(name, kind, tuple(entry.get("also", ())), related)


class JourneyError(ValueError):
    """The journey's file names a key or a value that there is not."""


def load_journey(path: Path = _JOURNEY) -> Journey:
    """The journey of `prompts/journey.yml`; JourneyError says what is wrong with a file."""
    entries = _entries(yaml.safe_load(path.read_text(encoding="utf-8")))
    stages = tuple(
        _read(_STAGE, Stage, {key: entry[key] for key in entry if key != "steps"}) for entry in entries
    )
    steps = tuple(
        _read(_STEP, Step, step | {"stage": entry["key"]}) for entry in entries for step in _steps_of(entry)
    )
    _once("stage", [stage.key for stage in stages])
    _once("step", [step.key for step in steps])
    for step in steps:
        unknown = set(step.only + step.unless) - CONDITIONS.keys()
        if unknown:
            raise JourneyError(f"the step {step.key!r} has an unknown condition {min(unknown)!r}")
    return Journey(stages, steps)


def _entries(told: object) -> list[dict[str, Any]]:
    stages = told.get("stages") if isinstance(told, dict) else None
    if not isinstance(stages, list) or not stages or not all(isinstance(one, dict) for one in stages):
        raise JourneyError("there is no list of stages")
    return stages


def _steps_of(entry: dict[str, Any]) -> list[dict[str, Any]]:
    steps = entry.get("steps")
    if not isinstance(steps, list) or not all(isinstance(one, dict) for one in steps):
        raise JourneyError(f"the stage {entry.get('key')!r} has no list of steps")
    return steps


def _once(what: str, keys: list[str]) -> None:
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise JourneyError(f"the {what} {min(twice)!r} stands there twice")


def _read(adapter: TypeAdapter[T], shape: type[T], entry: dict[str, Any]) -> T:
    name = entry.get("key")
    unknown = entry.keys() - {field.name for field in fields(shape)}
    if unknown:
        raise JourneyError(f"{name!r} has an unknown key {min(unknown)!r}")
    try:
        return adapter.validate_python(entry, strict=False)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise JourneyError(f"{name!r}: {place}: {first['msg']}") from None


@cache
def load_discovery(path: Path = _DISCOVERY) -> Discovery:
    """What helps to find topics, from `prompts/discovery.yml`, read once."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    questions = {
        question: MappingProxyType({answer: tuple(topics) for answer, topics in answers.items()})
        for question, answers in told["questions"].items()
    }
    job = frozenset((one["question"], one["answer"]) for one in told["job"])
    return Discovery(MappingProxyType(questions), job, tuple(told["about_here"]))
