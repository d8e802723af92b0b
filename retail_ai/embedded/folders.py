"""Looks after the folders of the embedded services: room on the disk, owner, and socket paths that fit."""

import hashlib
import os
import pwd
import shutil
import stat
from pathlib import Path

from retail_ai.embedded.errors import DiskFull, NotWritable

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 100


def need_space(folder: Path, megabytes: int) -> None:
    """Raises DiskFull when the disk under ``folder`` has less room than that."""
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(existing).free // 2**20
    if free < megabytes:
        raise DiskFull(folder, megabytes, free)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and what is above it. Raises NotWritable, which names the folder, when that may not be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise NotWritable(folder)


def service_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as ``nobody``. None: as ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def hand_over(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Give ``folder`` and all in it to that user, who gets a way through the folders above it, and no more."""
    if user is None:
        return
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)
    if folder.stat().st_uid != user.pw_uid:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def let_execute(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Let that user read the programs in ``folder``, which a tight umask may have hidden at installation."""
    if user is None:
        return
    for parent in folder.parents:
        if not parent.stat().st_mode & stat.S_IXOTH:
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    if folder.stat().st_mode & 0o005 == 0o005 and (folder / "bin" / "postgres").stat().st_mode & 0o005 == 0o005:
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(path.stat().st_mode | (0o055 if executable else 0o044))


def socket_folder(folder: Path, name: str, user: pwd.struct_passwd | None) -> Path:
    """Where a socket called ``name`` fits: ``folder`` itself, or a short private one in /tmp for deep folders."""
    if len(str(folder / name).encode()) <= LONGEST_SOCKET_PATH:
        return folder
    owner = os.geteuid() if user is None else user.pw_uid
    mark = hashlib.sha256(f"{owner} {folder}".encode()).hexdigest()[:16]
    short = Path(f"/tmp/retail-ai-{mark}")  # noqa: S108 - private: made with mode 0700 and its owner is checked
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid not in (owner, os.geteuid()):
        raise NotWritable(short)
    if user is not None:
        os.chown(short, user.pw_uid, user.pw_gid)
    return short
