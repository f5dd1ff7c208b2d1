"""Retention, churn and cohorts."""
