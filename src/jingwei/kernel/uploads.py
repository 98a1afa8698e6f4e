"""One uploaded file of bounded size: counted while it arrives, so that nothing larger is kept anywhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import ErrorCode, KernelError, Refusal

_MB = 1024 * 1024
LARGEST_IMPORT = 20 * _MB  # at the keyboard files may be as large as their reader takes


class Uploading(Asking):
    """A request whose body passes through a bound."""

    upload_bound: "_Bound"


class _Bound(FileUploadHandler):
    def __init__(self, request: Uploading, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.exceeded = False
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._seen += len(raw_data)
        if self._seen > self.limit:
            self.exceeded = True
            raise StopUpload  # the rest is read and dropped, so that the client hears the answer
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def bounded(limit: Callable[[], int] = lambda: LARGEST_IMPORT) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For `ninja.decorators.decorate_view`: stands before signing in is checked, whose CSRF check reads the body."""

    def around(run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def inner(request: Uploading, *args: Any, **kwargs: Any) -> Any:
            request.upload_bound = _Bound(request, limit())
            request.upload_handlers.insert(0, request.upload_bound)
            return run(request, *args, **kwargs)

        return inner

    return around


def only_file(request: Uploading, *, too_large: ErrorCode = KernelError.UPLOAD_TOO_LARGE,
              not_one: ErrorCode = KernelError.NOT_ONE_FILE) -> UploadedFile:  # type: ignore[type-arg]  # at run time it takes none
    """The one file of the request, whatever its field is called."""
    if request.upload_bound.exceeded:
        raise Refusal(too_large, limit_mb=request.upload_bound.limit // _MB)
    files = [sent for _, several in request.FILES.lists() for sent in several]
    if len(files) != 1:
        raise Refusal(not_one, count=len(files))
    sent: UploadedFile = files[0]  # type: ignore[type-arg]
    return sent
