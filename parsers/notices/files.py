from parsers.model.files import value_to_json


def outcome_to_files(outcome):
    return {
        "report.json": value_to_json(outcome.report),
        "findings.json": value_to_json(outcome.findings),
        "notice.json": b"{}\n",
        "notice.html": "<!doctype html><p>示例".encode(),
    }
