"""An ordinary program: it reads its secrets from the environment, logs them, and fails with one in its message."""

import hashlib
import os
import sys

password = os.environ["DATABASE_PASSWORD"]
key = os.environ["REPORT_API_KEY"]

print("connecting with password", password)
print("calling with key", key)

for name, value in [("DATABASE_PASSWORD", password), ("REPORT_API_KEY", key)]:
    digest = hashlib.sha256(value.encode()).hexdigest()
    print(f"{name} length={len(value)} sha256={digest}")

print("ready", flush=True)
sys.stdin.read()

raise SystemExit(f"login refused for password {password}")
