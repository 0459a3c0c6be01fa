"""The outside world behind three small protocols with memory twins: store (S3), ledger (Redis), poster (webhooks)."""
