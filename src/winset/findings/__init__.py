"""Answers: frozen values with their status, method, parameters, seed, version and references."""
