from parsers.model.outcome import Findings, Outcome


def report_to_outcome(report):
    return Outcome(
        report=report,
        findings=Findings(
            reader_digest=report.reader_digest,
            judge_digest=report.judge_digest,
            source_sha256=report.source.sha256,
            findings=(),
            passed=(),
        ),
    )
