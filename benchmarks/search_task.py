"""The task: a public set of questions cut into a knowledge base and questions to ask it, the same way every time."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
INSIDE, OUTSIDE = 1_500, 1_000  # questions per seed at most


@dataclass(frozen=True)
class Task:
    articles: dict[str, list[str]]  # intent → phrasings, sorted by intent
    inside: list[tuple[str, str]]  # question, right article
    outside: list[tuple[str, str]]  # question, "far" (another subject) or "near" (an intent that was held out)


def read(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "clinc150.json").read_text("utf-8"))


# CLINC150's two banking domains: as near to one another as a bank's own questions are.
BANKING = """transfer transactions balance freeze_account pay_bill bill_balance bill_due interest_rate routing min_payment
    order_checks pin_change report_fraud account_blocked spending_history credit_score report_lost_card credit_limit
    rewards_balance new_card application_status card_declined international_fees apr redeem_rewards credit_limit_change
    damaged_card replacement_card_duration improve_credit_score expiration_date"""


def draw(
    data: dict[str, Any], k: int, seed: int, holdout: int = 0, *, everything: bool = False, banking: bool = False
) -> Task:
    if banking:
        only = set(BANKING.split())
        data = (
            data
            | {part: [each for each in data[part] if each[1] in only] for part in ("train", "test")}
            | {"oos_test": []}
        )
    intents = sorted({intent for _, intent in data["train"]})
    rng = np.random.default_rng(100 + seed)
    held = {intents[place] for place in rng.permutation(len(intents))[:holdout]} if holdout else set()
    inside = [(text, intent) for text, intent in data["test"] if intent not in held]
    outside = [(text, "far") for text in data["oos_test"]]
    outside += [(text, "near") for text, intent in data["test"] if intent in held]
    if not everything:
        inside = [inside[place] for place in np.sort(rng.permutation(len(inside))[:INSIDE])]
        outside = [outside[place] for place in np.sort(rng.permutation(len(outside))[:OUTSIDE])]
    return Task(_phrasings(data, [each for each in intents if each not in held], k, seed), inside, outside)


def _phrasings(data: dict[str, Any], kept: list[str], k: int, seed: int) -> dict[str, list[str]]:
    rng = np.random.default_rng(seed)
    of: dict[str, list[str]] = {intent: [] for intent in kept}
    for text, intent in data["train"]:
        if intent in of:
            of[intent].append(text)
    return {intent: [texts[place] for place in rng.permutation(len(texts))[:k]] for intent, texts in of.items()}


# R@1 on CLINC150 with 5 and 10 examples per intent, all 150 intents, from the README of jianguoz/Few-Shot-Intent-Detection.
PUBLISHED = {
    "RoBERTa + classifier, fine-tuned": {5: 88.0, 10: 91.6},
    "USE, frozen, classifier": {5: 87.8, 10: 90.9},
    "ConveRT": {5: 89.2},
    "ConvBERT": {10: 92.1},
    "USE+ConveRT": {5: 90.5},
    "ConvBERT+MLM+Example+Observers": {10: 94.0},
    "DNNC": {5: 91.0, 10: 93.8},
    "CPFT": {5: 92.3, 10: 94.2},
    "ICDA": {5: 92.6, 10: 94.8},
}
