"""Mutation testing: faults put into the rules, which the tests must find."""
