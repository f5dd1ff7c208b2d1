"""Value of a customer: CLV and its kin, ratios with CAC, cash flow."""
