"""A log of transactions to purchases, and purchases to each customer's summary."""
