from parsers.digests import judge_digest, reader_digest
from parsers.model.report import Agency, Report


def document_to_report(document):
    return Report(
        reader_digest=reader_digest(),
        judge_digest=judge_digest(),
        source=document.source,
        edition="2021",
        year=2023,
        agency=Agency(name="示例局", key="示例局"),
        signed_on=None,
        period=None,
        title="示例局2023年报告",
        sections={},
        tables={},
    )
