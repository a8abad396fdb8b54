"""The modules that faults are put into, and the tests that must find them."""

GUARDS = {
    "store/merkle.py": ["tests/store/test_merkle.py"],
    "domain/budget_rules.py": [
        "tests/domain/test_budget.py",
        "tests/domain/test_virements.py",
    ],
    "domain/given_results.py": [
        "tests/domain/test_results.py",
        "tests/domain/test_numbers_of_results.py",
    ],
    "domain/result_rules.py": [
        "tests/domain/test_results.py",
        "tests/domain/test_numbers_of_results.py",
    ],
    "domain/target_kind.py": [
        "tests/domain/test_target_kind.py",
        "tests/domain/test_target_edges.py",
        "tests/projections/test_assessment.py",
    ],
    "domain/target.py": [
        "tests/domain/test_target.py",
        "tests/domain/test_target_edges.py",
        "tests/domain/test_target_kind.py",
    ],
    "projections/assessment.py": [
        "tests/projections/test_assessment.py",
        "tests/projections/test_assessment_edges.py",
        "tests/projections/test_exactness.py",
    ],
}
"""By module; the quickest tests first."""
