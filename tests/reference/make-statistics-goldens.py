"""Write what SciPy, statsmodels and mpmath say of tests between groups, for tests/unit/statistics/.

Run with the environment of oracles.txt: .oracle/bin/python tests/reference/make-statistics-goldens.py
Writes statistics-goldens.json, all in double precision:

fTails, chiSquaredTails  the logarithm of the upper tail by mpmath's power series at enough digits for every case, with
    degrees of freedom up to 1e7 and tails far below the least double; SciPy's `sf` beside it, null where that is 0.
tests        one unit of values drawn for each case, as moments and rank sums (summed exactly); F and p of `f_oneway`,
    of `anova_oneway(use_var="unequal")` and of `kruskal`, and the effect sizes by their definitions (of ranks: theirs,
    the second by Kelley's correction). p is null where SciPy's underflows; logP is mpmath's for that statistic and
    those degrees of freedom, null where it is too far out for it.
adjusted     `multipletests` for some hundred p with ties.
rows         statistic and p of every unit of statistics-slideflow.bin, null where there is none: by each test, every
    tile an observation or every slide with its mean, median or share above the threshold.
"""

from __future__ import annotations

import json
import math
from importlib.metadata import version
from pathlib import Path

import mpmath
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway

FOLDER = Path(__file__).parent
GUARD_DIGITS = 40
# What is farther out takes mpmath minutes a case.
FARTHEST = 12_000
mpmath.mp.dps = 60

DEGREES = ((1, 1), (1, 7), (2, 3), (2, 897), (4, 99_995), (4, 10_000_000), (29, 30), (999, 50_000))
DEGREES += ((3, 2.718281828), (4, 41.7253), (10_000_000, 4), (10_000_000, 10_000_000))
F_VALUES = (1e-9, 0.03, 0.5, 0.999, 1.0, 1.001, 1.7, 4.0, 11.360351, 90.0, 347.5, 355.0, 2_500.0, 1e6, 1e12)
CHI_DEGREES = (1, 2, 4, 9, 100, 9_999)
CHI_VALUES = (1e-9, 0.2, 1.0, 3.84, 17.5, 99.0, 412.0, 1_370.0, 1_391.0, 9_998.0, 24_000.0)

# Group sizes, distances between neighbouring groups' means, decimals that values are rounded to (None: as drawn).
DRAWS = (
    ((5, 5), 0.0, None),
    ((2, 2, 2), 1.0, None),
    ((3, 4, 5), 0.3, None),
    ((1, 6, 9), 0.5, None),
    ((1, 1, 1, 2), 0.5, None),
    ((30, 40, 50), 0.0, None),
    ((30, 40, 50), 0.6, 1),
    ((300, 280, 320), 0.1, None),
    ((300, 280, 320), 0.9, None),
    ((300, 280, 320), 1.85, None),
    ((300, 280, 320), 2.2, 0),
    ((300, 280, 320), 3.1, None),
    ((300, 280, 320), 3.4, 1),
    ((300, 280, 320), 9.0, None),
    ((7, 2_000, 60, 900), 0.2, 1),
    ((25,) * 40, 0.03, None),
    ((20_000, 15_000, 30_000, 20_000, 15_000), 0.0, None),
    ((20_000, 15_000, 30_000, 20_000, 15_000), 0.004, 2),
    ((20_000, 15_000, 30_000, 20_000, 15_000), 0.08, None),
    ((20_000, 15_000, 30_000, 20_000, 15_000), 0.5, None),
    ((400_000, 600_000), 0.01, None),
)


def beta_tail(a: mpmath.mpf, b: mpmath.mpf, x: mpmath.mpf, rest: mpmath.mpf) -> mpmath.mpf:
    """Lower tail of the beta distribution at x = 1 - rest, by the power series whose terms are all above 0."""
    logs = mpmath.loggamma(a + b) - mpmath.loggamma(a + 1) - mpmath.loggamma(b)
    factor = mpmath.exp(logs + a * mpmath.log(x) + b * mpmath.log(rest))
    total, term, n = mpmath.mpf(1), mpmath.mpf(1), 0
    while term > total * mpmath.eps or (a + b + n) * x >= a + n:
        n += 1
        term *= (a + b + n - 1) * x / (a + n)
        total += term
    return factor * total


def log_f_tail(f: float, between: float, within: float) -> float | None:
    """None where it is below -FARTHEST or so."""
    a, b = mpmath.mpf(within) / 2, mpmath.mpf(between) / 2
    ratio = b * mpmath.mpf(f) / a
    x, rest = 1 / (1 + ratio), ratio / (1 + ratio)
    if rest > 0.9:
        return float(mpmath.log(beta_tail(a, b, x, rest)))
    # 1 less the other tail, at so many digits that the subtraction leaves enough of them.
    density = (
        mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b) + a * mpmath.log(x) + b * mpmath.log(rest)
    )
    if -density > FARTHEST:
        return None
    with mpmath.workdps(max(0, int(-density / math.log(10))) + GUARD_DIGITS):
        ratio = b * mpmath.mpf(f) / a
        return float(mpmath.log(1 - beta_tail(b, a, ratio / (1 + ratio), 1 / (1 + ratio))))


def log_chi_tail(x: float, degrees: float) -> float:
    with mpmath.workdps(int(x / 2 / math.log(10)) + GUARD_DIGITS):
        a, half = mpmath.mpf(degrees) / 2, mpmath.mpf(x) / 2
        total, term, n = mpmath.mpf(1), mpmath.mpf(1), 0
        while term > total * mpmath.eps or half >= a + n:
            n += 1
            term *= half / (a + n)
            total += term
        factor = mpmath.exp(a * mpmath.log(half) - half - mpmath.loggamma(a + 1))
        return float(mpmath.log(1 - factor * total))


def or_none(value: float) -> float | None:
    """JSON has no infinity, and no golden p is 0."""
    return float(value) if math.isfinite(value) and value != 0 else None


def f_tails() -> list[dict]:
    cases = [(f, *degrees, log_f_tail(f, *degrees)) for degrees in DEGREES for f in F_VALUES]
    return [
        {"f": f, "between": between, "within": within, "logP": log_p, "scipy": or_none(stats.f.sf(f, between, within))}
        for f, between, within, log_p in cases
        if log_p is not None
    ]


def chi_squared_tails() -> list[dict]:
    return [
        {"x": x, "degrees": degrees, "logP": log_chi_tail(x, degrees), "scipy": or_none(stats.chi2.sf(x, degrees))}
        for degrees in CHI_DEGREES
        for x in CHI_VALUES
    ]


def draw_groups(sizes: tuple[int, ...], distance: float, decimals: int | None, seed: int) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    groups = [random.normal(3 + distance * place, 0.5 + place % 3, size) for place, size in enumerate(sizes)]
    return groups if decimals is None else [np.round(group, decimals) for group in groups]


def sum_squares(group: np.ndarray) -> tuple[float, float]:
    """Mean and squared distances from it, rounded once."""
    with mpmath.workdps(GUARD_DIGITS):
        mean = mpmath.fsum(group.tolist()) / len(group)
        return float(mean), float(mpmath.fsum((value - mean) ** 2 for value in group.tolist()))


def effects(groups: list[np.ndarray]) -> tuple[float, float]:
    """Eta squared and omega squared by their definitions."""
    every = np.concatenate(groups)
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    total = float(((every - every.mean()) ** 2).sum())
    mean_within = within / (len(every) - len(groups))
    return (total - within) / total, (total - within - (len(groups) - 1) * mean_within) / (total + mean_within)


def welch(groups: list[np.ndarray]) -> dict | None:
    if min(map(len, groups)) < 2:
        return None
    answer = anova_oneway(groups, use_var="unequal")
    between, within = answer.df
    log_p = log_f_tail(answer.statistic, between, within)
    return {"statistic": float(answer.statistic), "p": or_none(answer.pvalue), "logP": log_p, "within": float(within)}


def test_groups(sizes: tuple[int, ...], distance: float, decimals: int | None, seed: int) -> dict:
    groups = draw_groups(sizes, distance, decimals, seed)
    moments = [sum_squares(group) for group in groups]
    every = np.concatenate(groups)
    ranks = stats.rankdata(every)
    counts = np.unique(every, return_counts=True)[1].astype(float)
    edges = np.cumsum(sizes)[:-1]
    anova, kruskal = stats.f_oneway(*groups), stats.kruskal(*groups)
    eta, omega = effects(groups)
    rank_eta, _ = effects(np.split(ranks, edges))
    return {
        "sizes": sizes,
        "means": [mean for mean, _ in moments],
        "squares": [squares for _, squares in moments],
        "rankSums": [float(part.sum()) for part in np.split(ranks, edges)],
        "ties": float((counts**3 - counts).sum()),
        "anova": {
            "statistic": float(anova.statistic),
            "p": or_none(anova.pvalue),
            "logP": log_f_tail(anova.statistic, len(sizes) - 1, len(every) - len(sizes)),
            "etaSquared": eta,
            "omegaSquared": omega,
        },
        "welch": welch(groups),
        "kruskal": {
            "statistic": float(kruskal.statistic),
            "p": or_none(kruskal.pvalue),
            "logP": log_chi_tail(kruskal.statistic, len(sizes) - 1),
            "etaSquared": rank_eta,
            "omegaSquared": 1 - (1 - rank_eta) * (len(every) - 1) / (len(every) - len(sizes)),
        },
    }


def adjusted() -> list[dict]:
    random = np.random.default_rng(6)
    several = 10.0 ** -random.exponential(30, 300)
    several[40:60] = several[40]
    several[100:180] = np.round(random.uniform(0, 1, 80), 2)
    several[0] = 1
    return [
        {
            "p": p.tolist(),
            "q": multipletests(p, method="fdr_bh")[1].tolist(),
            "bonferroni": multipletests(p, method="bonferroni")[1].tolist(),
        }
        for p in (several, np.array([0.04]), np.array([0.01, 0.02, 0.03, 0.04, 0.05]))
    ]


def answer_units(observations: np.ndarray, codes: np.ndarray) -> dict[str, list]:
    """[statistic, p] of every unit by every test."""
    answers: dict[str, list] = {"anova": [], "welch": [], "kruskal": []}
    for unit in observations.T:
        groups = [unit[codes == code] for code in np.unique(codes)]
        anova = stats.f_oneway(*groups)
        with np.errstate(divide="ignore", invalid="ignore"):
            unequal = anova_oneway(groups, use_var="unequal")
        ranks = stats.kruskal(*groups) if np.ptp(unit) > 0 else None
        answers["anova"].append([anova.statistic, anova.pvalue])
        answers["welch"].append([unequal.statistic, unequal.pvalue])
        answers["kruskal"].append([ranks.statistic, ranks.pvalue] if ranks else [np.nan, np.nan])
    return {
        test: [[float(number) if np.isfinite(number) else None for number in pair] for pair in pairs]
        for test, pairs in answers.items()
    }


def rows() -> dict[str, dict[str, list]]:
    run = json.loads((FOLDER / "statistics-slideflow.json").read_text())
    singles = np.fromfile(FOLDER / "statistics-slideflow.bin", dtype="<f4").reshape(-1, run["units"])
    labels = sorted({slide["label"] for slide in run["slides"]})
    codes = np.array([labels.index(slide["label"]) for slide in run["slides"]])
    tiles = [slide["tiles"] for slide in run["slides"]]
    slides = np.split(singles.astype(float), np.cumsum(tiles)[:-1])
    summaries = {
        "mean": [slide.mean(axis=0) for slide in slides],
        "median": [np.median(slide, axis=0) for slide in slides],
        "threshold": [(slide > run["threshold"]).mean(axis=0) for slide in slides],
    }
    return {
        "tile": answer_units(singles.astype(float), np.repeat(codes, tiles)),
        **{method: answer_units(np.array(numbers), codes) for method, numbers in summaries.items()},
    }


def main() -> None:
    golden = {
        "versions": {name: version(name) for name in ("scipy", "statsmodels", "mpmath", "numpy")},
        "fTails": f_tails(),
        "chiSquaredTails": chi_squared_tails(),
        "tests": [test_groups(*draw, seed) for seed, draw in enumerate(DRAWS)],
        "adjusted": adjusted(),
        "rows": rows(),
    }
    text = json.dumps(golden, allow_nan=False)
    (FOLDER / "statistics-goldens.json").write_text(text.replace("}, {", "},\n{") + "\n")


if __name__ == "__main__":
    main()
