"""How fast the system is: `python -m benchmarks` measures, and writes a table and plots into docs/performance/."""
