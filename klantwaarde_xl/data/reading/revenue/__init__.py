"""Which money is revenue: with or without VAT, of a line or its order, in one currency."""
