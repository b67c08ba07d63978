"""Reads messages (a JSON array of base64) and answers for each what Python's strict e-mail parser found fault with, and its parts."""
import base64
import email
import email.policy
import json
import sys

policy = email.policy.strict.clone(linesep='\r\n', raise_on_defect=False)


def faults_of(raw, message):
    faults = [type(defect).__name__ for part in message.walk() for defect in part.defects]
    for name, value in message.items():
        faults += [f'{name}: {type(defect).__name__}' for defect in getattr(value, 'defects', [])]
    if b'\n' in raw.replace(b'\r\n', b'') or b'\r' in raw.replace(b'\r\n', b''):
        faults.append('bare line end')
    if max(map(len, raw.split(b'\r\n'))) > 998:
        faults.append('line over 998')
    if any(byte > 127 for byte in raw.split(b'\r\n\r\n')[0]):
        faults.append('header outside ASCII')
    return faults


def read(raw):
    message = email.message_from_bytes(raw, policy=policy)
    parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
    return {
        'faults': faults_of(raw, message), 'to': str(message['To']), 'subject': str(message['Subject']), 'messageId': str(message['Message-ID']),
        'fields': [name for name in message.keys()], 'text': parts.get('text/plain', ''), 'html': parts.get('text/html', ''),
    }


print(json.dumps([read(base64.b64decode(message)) for message in json.load(sys.stdin)]))
