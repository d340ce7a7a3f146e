"""How fast the system is, as ratios that hold on any machine: `python -m benchmarks` measures and writes docs/performance/."""
