"""The modules that faults are put into, and the tests that must find them."""

GUARDS = {
    "store/merkle.py": ["tests/store/test_merkle.py"],
    "domain/outlook_rules.py": [
        "tests/domain/test_outlooks.py",
        "tests/domain/test_goals.py",
    ],
    "domain/budget_rules.py": [
        "tests/domain/test_budget_parts.py",
        "tests/domain/test_budget.py",
        "tests/domain/test_virements.py",
        "tests/domain/test_commitments.py",
        "tests/domain/test_withdrawals.py",
        "tests/test_spending_exceptions.py",
        "tests/app/test_carried_in_alone.py",
        "tests/domain/test_vouchers.py",
        "tests/domain/test_source_rules.py",
    ],
    "domain/source_rules.py": [
        "tests/domain/test_source_rules.py",
        "tests/domain/test_funding.py",
        "tests/domain/test_vouchers.py",
    ],
    "domain/money_guards.py": [
        "tests/domain/test_budget.py",
        "tests/domain/test_withdrawals.py",
        "tests/test_spending_exceptions.py",
        "tests/app/test_carried_in_alone.py",
    ],
    "domain/virements.py": [
        "tests/domain/test_virements.py",
        "tests/domain/test_corrections.py",
    ],
    "domain/correction_rules.py": ["tests/domain/test_corrections.py"],
    "domain/withdrawal_rules.py": ["tests/domain/test_withdrawals.py"],
    "domain/closing_rules.py": [
        "tests/domain/test_closings.py",
        "tests/app/test_carry_over.py",
    ],
    "domain/carry_rules.py": [
        "tests/domain/test_closings.py",
        "tests/domain/test_carries.py",
        "tests/app/test_carry_over.py",
        "tests/app/test_carried_in_alone.py",
        "tests/app/test_carry_ages.py",
    ],
    "domain/form_rules.py": [
        "tests/app/test_forms_refused.py",
        "tests/app/test_revised_indicators.py",
        "tests/app/test_form_revisions.py",
        "tests/app/test_carried_in_and_revised.py",
        "tests/app/test_printed_carry.py",
    ],
    "domain/refund_rules.py": [
        "tests/domain/test_refund_rules.py",
        "tests/app/test_refunds.py",
        "tests/app/test_refunds_refused.py",
    ],
    "domain/exception_rules.py": ["tests/test_spending_exceptions.py"],
    "domain/voucher_rules.py": ["tests/domain/test_vouchers.py"],
    "domain/commitment_rules.py": [
        "tests/domain/test_commitments.py",
        "tests/domain/test_commitment_lines.py",
    ],
    "domain/given_results.py": [
        "tests/domain/test_results.py",
        "tests/domain/test_numbers_of_results.py",
    ],
    "domain/result_rules.py": [
        "tests/domain/test_results.py",
        "tests/domain/test_numbers_of_results.py",
        "tests/app/test_revised_indicators.py",
    ],
    "domain/target_kind.py": [
        "tests/domain/test_target_kind.py",
        "tests/domain/test_target_edges.py",
        "tests/projections/test_assessment.py",
    ],
    "domain/target.py": [
        "tests/domain/test_target.py",
        "tests/domain/test_target_edges.py",
        "tests/domain/test_english_targets.py",
        "tests/domain/test_target_kind.py",
    ],
    "projections/assessment.py": [
        "tests/projections/test_assessment.py",
        "tests/projections/test_assessment_edges.py",
        "tests/projections/test_exactness.py",
    ],
}
"""By module; the quickest tests first."""
