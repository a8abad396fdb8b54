"""Lines of bulk files that several tests change and record."""

PAY = {
    "type": "Disbursed",
    "project": "P-1",
    "on": "2023-03-20",
    "voucher": "1",
    "amount": "48.60",
}


ADJUST = {
    "type": "BudgetAdjusted",
    "project": "P-1",
    "on": "2023-03-01",
    "kind": "supplement",
    "amount": "200.00",
    "document": "No 9",
}
