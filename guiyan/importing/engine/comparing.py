"""Compare what was imported with a truth file: rows, facts by kind, errors, ignored rows, people and interviews.

The schema of truth is in the README beside such a file (`records[].expect`, `errors[]`, `ignored[]`, clusters).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str, int, str]
REFUSED_BY_TRUTH = frozenset(
    {"column_shift", "quote_broken"}
)  # warned records that must not be taken as they stand


@dataclass(frozen=True, slots=True)
class Taken:
    """One imported record: where it stood, what it says, which person and interview it became."""

    key: Key
    facts: dict[str, Any]
    warnings: tuple[str, ...] = ()
    person: object = None
    interview: object = None


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported issue."""

    key: Key
    code: str
    field: str = ""
    raw: str = ""


@dataclass(slots=True)
class FactCount:
    """Agreement of one kind of fact."""

    expected: int = 0
    agree: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0

    def figures(self) -> dict[str, float | int]:
        """Counts with precision and recall (1.0 where nothing was asked)."""
        told = self.agree + self.wrong + self.extra
        return {
            "expected": self.expected, "agree": self.agree, "wrong": self.wrong, "missing": self.missing,
            "extra": self.extra, "precision": round(self.agree / told, 4) if told else 1.0,
            "recall": round(self.agree / self.expected, 4) if self.expected else 1.0,
        }  # fmt: skip


@dataclass(slots=True)
class Comparison:
    """The whole report; `figures` is JSON-ready."""

    figures: dict[str, Any] = field(default_factory=dict)
    disagreements: list[dict[str, Any]] = field(default_factory=list)


def key_of(entry: dict[str, Any]) -> Key:
    """Place of a truth entry or of an imported one: file, sheet, row or record, column."""
    number = entry.get("record") or entry.get("row") or 0
    return entry["file"], entry.get("sheet") or "", int(number), str(entry.get("column") or "")


def compare(
    truth: dict[str, Any], taken: Sequence[Taken], reported: Sequence[Reported], files: set[str]
) -> Comparison:
    """Measure `taken` and `reported` against `truth`, for the given files only."""
    records = {
        key_of(r): r
        for r in truth["records"]
        if r["file"] in files and r.get("kind") in ("interview", "person")
    }
    mine = {item.key: item for item in taken if item.key[0] in files}
    out = Comparison()
    kinds: dict[str, FactCount] = defaultdict(FactCount)
    known_kinds = {kind for r in records.values() for kind in r["expect"]}
    rows: Counter[str] = Counter()
    per_file: dict[str, Counter[str]] = defaultdict(Counter)
    for key, record in records.items():
        state = _row(record, mine.get(key), kinds, known_kinds, out.disagreements)
        rows[state] += 1
        per_file[key[0]][state] += 1
    for key in mine.keys() - records.keys():
        rows["invented"] += 1
        per_file[key[0]]["invented"] += 1
        out.disagreements.append(
            {"place": list(key), "what": "record not in truth", "facts": mine[key].facts}
        )
    asked = sum(rows[state] for state in ("right", "partly", "missing"))
    out.figures = {
        "rows": {"expected": asked, **rows, "right_share": round(rows["right"] / asked, 4) if asked else 1.0,
                 "taken_share": round((rows["right"] + rows["partly"]) / asked, 4) if asked else 1.0},
        "files": {name: dict(counts) for name, counts in sorted(per_file.items())},
        "errors": _errors(truth, reported, files, out.disagreements),
        "ignored": _ignored(truth, mine, files),
        "warnings": _warnings(records, mine, reported),
        "people": _people(truth, records, mine, out.disagreements),
        "facts": {kind: kinds[kind].figures() for kind in sorted(kinds)},
    }  # fmt: skip
    return out


def _row(
    record: dict[str, Any],
    item: Taken | None,
    kinds: dict[str, FactCount],
    known: set[str],
    disagreements: list[dict[str, Any]],
) -> str:
    """Compare one row. "refused_as_told": truth says it cannot be taken and it was not."""
    if item is None:
        if REFUSED_BY_TRUTH & set(record.get("warn", ())):
            return "refused_as_told"
        disagreements.append(
            {"place": list(key_of(record)), "what": "row not taken", "expect": record["expect"]}
        )
        for kind in record["expect"]:
            kinds[kind].expected += 1
            kinds[kind].missing += 1
        return "missing"
    right = True
    expect = record["expect"]
    for kind in sorted(known | set(expect)):
        want, have = expect.get(kind), item.facts.get(kind)
        state = _agreement(kind, want, have)
        if state is None:
            continue
        count = kinds[kind]
        count.expected += want is not None
        setattr(count, state, getattr(count, state) + 1)
        if state != "agree":
            right = False
            disagreements.append(
                {"place": list(key_of(record)), "what": state, "kind": kind, "expect": want, "got": have}
            )
    return "right" if right else "partly"


def _agreement(kind: str, want: Any, have: Any) -> str | None:
    if want is None:
        return "extra" if have not in (None, [], "", False) else None
    if have is None or have in ([], ""):
        return "missing"
    return "agree" if _plain(kind, want) == _plain(kind, have) else "wrong"


def _plain(kind: str, value: Any) -> Any:
    """Comparable form: spacing and full-width marks do not matter, the order of phones does not either."""
    if isinstance(value, list):
        plain = [_plain(kind, item) for item in value]
        return sorted(plain) if kind == "phones" else plain
    if isinstance(value, str):
        return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value)).strip()
    return value


def _errors(
    truth: dict[str, Any], reported: Sequence[Reported], files: set[str], disagreements: list[dict[str, Any]]
) -> dict[str, Any]:
    wanted = [e for e in truth["errors"] if e["file"] in files]
    have: Counter[tuple[Key, str]] = Counter((item.key, item.code) for item in reported)
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in wanted:
        pair = (key_of(entry), entry["code"])
        found = have[pair] > 0
        have[pair] -= found
        codes[entry["code"]]["reported" if found else "not_reported"] += 1
        if not found:
            disagreements.append(
                {
                    "place": list(key_of(entry)),
                    "what": "error not reported",
                    "code": entry["code"],
                    "raw": entry["raw"],
                }
            )
    beyond: Counter[str] = Counter()
    for (key, code), times in have.items():
        if times > 0 and key[0] in files:
            beyond[code] += times
            raw = next((item.raw for item in reported if item.key == key and item.code == code), "")
            disagreements.append(
                {"place": list(key), "what": "reported beyond truth", "code": code, "raw": raw}
            )
    reached = sum(counts["reported"] for counts in codes.values())
    return {"expected": len(wanted), "reported": reached, "beyond_truth": dict(beyond),
            "by_code": {code: dict(counts) for code, counts in sorted(codes.items())}}  # fmt: skip


def _ignored(truth: dict[str, Any], mine: dict[Key, Taken], files: set[str]) -> dict[str, int]:
    rows = [key_of(e) for e in truth["ignored"] if e["file"] in files]
    return {"expected": len(rows), "became_records": sum(key in mine for key in rows)}


def _warnings(
    records: dict[Key, dict[str, Any]], mine: dict[Key, Taken], reported: Sequence[Reported]
) -> dict[str, dict[str, int]]:
    """Warnings asked for and given; an issue reported at the place counts as a warning given."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    issues: dict[Key, set[str]] = defaultdict(set)
    for issue in reported:
        issues[issue.key].add(issue.code)
    for key, record in records.items():
        told = set(mine[key].warnings) if key in mine else set()
        told |= issues[key] & set(record.get("warn", ()))
        for code in record.get("warn", ()):
            counts[code]["expected"] += 1
            counts[code]["given"] += code in told
        for code in told - set(record.get("warn", ())):
            counts[code]["beyond_truth"] += 1
    return {code: dict(found) for code, found in sorted(counts.items())}


def _people(
    truth: dict[str, Any],
    records: dict[Key, dict[str, Any]],
    mine: dict[Key, Taken],
    disagreements: list[dict[str, Any]],
) -> dict[str, Any]:
    """Pairwise view: records of one true person that stayed apart, and of two people that were merged."""
    by_person: dict[str, set[object]] = defaultdict(set)
    by_group: dict[object, set[str]] = defaultdict(set)
    by_interview: dict[str, set[object]] = defaultdict(set)
    merged_interviews: dict[object, set[str]] = defaultdict(set)
    for key, record in records.items():
        item = mine.get(key)
        if item is None or item.person is None:
            continue
        by_person[record["person_id"]].add(item.person)
        by_group[item.person].add(record["person_id"])
        if item.interview is not None and record.get("interview_id"):
            by_interview[record["interview_id"]].add(item.interview)
            merged_interviews[item.interview].add(record["interview_id"])
    wrong = {group: people for group, people in by_group.items() if len(people) > 1}
    for group, people in wrong.items():
        disagreements.append({"what": "people merged", "person": str(group), "truth": sorted(people)})
    for person, groups in by_person.items():
        if len(groups) > 1:
            disagreements.append({"what": "person in pieces", "truth": person, "pieces": len(groups)})
    for interview, groups in by_interview.items():
        if len(groups) > 1:
            disagreements.append({"what": "interview in pieces", "truth": interview, "pieces": len(groups)})
    return {
        "people_in_truth": len(by_person), "people_imported": len(by_group),
        "whole": sum(len(groups) == 1 for groups in by_person.values()),
        "in_pieces": sum(len(groups) > 1 for groups in by_person.values()),
        "wrongly_merged": len(wrong),
        "interviews_in_truth": len(by_interview),
        "interviews_whole": sum(len(groups) == 1 for groups in by_interview.values()),
        "interviews_wrongly_merged": sum(len(ids) > 1 for ids in merged_interviews.values()),
    }  # fmt: skip


def merge_truth(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One truth out of the main file and the files it names for its other records."""
    whole: dict[str, Any] = {"records": [], "errors": [], "ignored": []}
    for part in parts:
        for name in whole:
            whole[name] += part.get(name, [])
    return whole
