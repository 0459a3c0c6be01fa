"""The outside world behind three small protocols, each with a memory twin: store (S3), ledger (Redis), poster (webhooks)."""
