"""Gouji's core: bytes in, values out. It knows the documents, the form and the law, and nothing of queues or stores.

The public surface:

- `read(data)` -> Document: the only function that touches source bytes (call it in the sandbox's child)
- `classify(document)` -> Report
- `check(report)` -> Outcome
- `compose(outcome)` -> Notice, and `notice_to_html`
- `assess(data)`: the three in a row, for tests and for reading

No clock, network, environment or chance: the same bytes give the same result. Readers are loaded only when `read` is called.
"""
