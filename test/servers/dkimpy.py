"""Verifies the signatures of messages, with keys from a table in place of DNS. Reads {"zone": {name: record}, "messages": [base64]} as JSON,
answers for each message whether each of its signatures verifies."""
import base64
import json
import sys

import dkim

given = json.load(sys.stdin)
zone = {name.rstrip("."): record.encode() for name, record in given["zone"].items()}


def lookup(name, timeout=5):
    return zone.get((name.decode() if isinstance(name, bytes) else name).rstrip("."))


def verdicts(message):
    signed = dkim.DKIM(message, minkey=2048)
    count = sum(1 for name, _ in signed.headers if name.lower() == b"dkim-signature")
    return [verdict(message, index) for index in range(count)]


def verdict(message, index):
    try:
        return "pass" if dkim.DKIM(message, minkey=2048).verify(idx=index, dnsfunc=lookup) else "fail"
    except dkim.DKIMException as error:
        return str(error)


json.dump([verdicts(base64.b64decode(message)) for message in given["messages"]], sys.stdout)
