"""What a row is and whether it counts: statuses, payments, refunds, quotes, entries of a ledger."""
