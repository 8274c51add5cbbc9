"""Concern reports by professionals (SoL 19:1): draft, check, send, receipt, feedback."""
