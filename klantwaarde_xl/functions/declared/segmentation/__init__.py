"""RFM segments, concentration of revenue, migration between segments."""
