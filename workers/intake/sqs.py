"""The entrance for events in an SQS queue. A message is deleted only after its hints are queued (or it was kept)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog
from botocore.exceptions import BotoCoreError, ClientError

from tasks.errors import TransientError
from workers.intake.receive import Intake, StrangeBucketError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

WAIT_SECONDS = 10
_MAX_PAUSE_SECONDS = 15.0

log = structlog.get_logger("intake")


class Consumer:
    """Takes messages from one queue until `stop` is set; the queue's own redelivery is the retry."""

    def __init__(self, intake: Intake, sqs: SQSClient, queue_url: str) -> None:
        self._intake = intake
        self._sqs = sqs
        self._queue_url = queue_url
        self.stop = threading.Event()
        self.received = 0

    def run(self) -> None:
        """Poll for ever; a queue that cannot be reached is tried again after a growing pause, said once."""
        pause = 0.0
        while not self.stop.wait(pause):
            try:
                self.poll()
            except (BotoCoreError, ClientError, TransientError) as error:
                if not pause:
                    log.warning("事件队列暂时不可用，继续重试；期间的文件由定期核对补上", reason=_reason(error))
                pause = min(_MAX_PAUSE_SECONDS, pause * 2 or 0.5)
            else:
                if pause:
                    log.info("事件队列恢复正常")
                pause = 0.0

    def poll(self, wait_seconds: int = WAIT_SECONDS) -> None:
        """Take and handle one batch. What cannot be handled comes again, and holds up no other message of the batch."""
        answer = self._sqs.receive_message(
            QueueUrl=self._queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=wait_seconds
        )
        troubles = [trouble for message in answer.get("Messages", ()) if (trouble := self._trouble_with(message))]
        if troubles:
            raise troubles[0]

    def _trouble_with(self, message: MessageTypeDef) -> Exception | None:
        try:
            self._handle(message)
        except (BotoCoreError, ClientError, TransientError) as error:
            return error
        return None

    def _handle(self, message: MessageTypeDef) -> None:
        body = message.get("Body", "").encode()
        try:
            refs = self._intake.receive(body)
        except StrangeBucketError as error:
            log.warning("事件所指的桶不是收件桶，已忽略", bucket=str(error)[:63])
        except (TransientError, BotoCoreError, ClientError):
            raise
        except Exception:
            # a bug of ours: reported, not retried; the sweep still finds the object
            log.exception("处理事件时出错")
        else:
            self._tell(refs, body)
        self._sqs.delete_message(QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"])

    def _tell(self, refs: tuple[object, ...] | None, body: bytes) -> None:
        if refs is None:
            log.warning("收到不认识的事件，已存入结果桶 _events/ 备查", bytes=len(body))
            return
        self.received += len(refs)
        for ref in refs:
            log.info("收到事件，已入队", key=getattr(ref, "key", ""))


def _reason(error: Exception) -> str:
    return str(error)[:200]
