"""Run by ``zconsole run zope.conf console.py RESULT MODULE:FUNCTION ARGUMENTS``."""

from importlib import import_module
from pathlib import Path
import json
import sys


result, target, arguments = sys.argv[-3:]
module, function = target.split(":")
answer = getattr(import_module(module), function)(app, **json.loads(arguments))  # noqa: F821
Path(result).write_text(json.dumps(answer))
app._p_jar.db().close()  # noqa: F821
