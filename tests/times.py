"""A plugin of pytest that says how long the tests of each file took: ``-p tests.times``."""

from collections import Counter

SHOWN = 40


def pytest_terminal_summary(terminalreporter):
    """Seconds by file, the longest first; those of several processes add up."""
    seconds, tests = Counter(), Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if hasattr(report, "duration"):
                file = report.nodeid.partition("::")[0]
                seconds[file] += report.duration
                tests[file] += report.when == "call"
    terminalreporter.section("seconds, tests, file")
    for file, took in seconds.most_common(SHOWN):
        terminalreporter.line(f"{took:7.1f} {tests[file]:5} {file}")
    terminalreporter.line(f"{seconds.total():7.1f} {tests.total():5} in all")
