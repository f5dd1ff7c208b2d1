"""Answers of surveys to scores."""
