"""Runs: sources into units, units through the steps, results to the outputs, failures to quarantine."""
