"""Finds what starts a server."""
import os
import pathlib
import shlex
import shutil
from typing import List, Mapping, Optional

from .errors import NoServer

COMMAND_VARIABLE = "WAYSTATION_COMMAND"
#: The second is where the command line finds a server, too.
URL_VARIABLES = ("WAYSTATION_URL", "WAYSTATION_ENDPOINT")

NONE_FOUND = (
    "There is no waystation to start: npm install --save-dev waystation, or the file that `npm pack` makes of it, "
    "or have WAYSTATION_COMMAND say what starts it, or WAYSTATION_URL where one runs."
)


def url_of(environment: Mapping[str, str]) -> Optional[str]:
    """Where a server runs, if somebody says so."""
    return next((environment[name] for name in URL_VARIABLES if environment.get(name)), None)


def find_command(environment: Mapping[str, str], folder: Optional[pathlib.Path] = None) -> List[str]:
    """What is said, or is on the path, or in the npm project around the folder. Raises NoServer where there is none."""
    if environment.get(COMMAND_VARIABLE):
        return shlex.split(environment[COMMAND_VARIABLE], posix=os.name != "nt")
    here = (folder or pathlib.Path.cwd()).resolve()
    installed = [str(above / "node_modules" / ".bin") for above in (here, *here.parents)]
    for path in (environment.get("PATH", ""), os.pathsep.join(installed)):
        found = shutil.which("waystation", path=path)
        if found is not None:
            return [found]
    npx = shutil.which("npx", path=environment.get("PATH", ""))
    if npx is None:
        raise NoServer(NONE_FOUND)
    # What is not installed would be downloaded, by a name that anybody may have taken.
    return [npx, "--no-install", "waystation"]
