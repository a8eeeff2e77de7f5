"""Where pixels are drawn: into memory the parent sees, or into the child's own and then through the pipe."""

import ctypes


class Canvas:
    """One picture at a time."""

    def __init__(self, shared: memoryview | None = None) -> None:
        self._shared = (ctypes.c_char * len(shared)).from_buffer(shared) if shared is not None else None
        self._own: ctypes.Array[ctypes.c_char] | None = None

    @property
    def is_shared(self) -> bool:
        """Whether the parent sees what is drawn."""
        return self._shared is not None

    def memory(self, count: int) -> "ctypes.Array[ctypes.c_char]":
        """Room for at least *count* bytes; what was drawn before is gone.

        Raises:
            MemoryError: more than there is.
        """
        if self._shared is not None:
            if count > len(self._shared):
                raise MemoryError
            return self._shared
        self._own = (ctypes.c_char * count)()
        return self._own

    def put(self, data: bytes) -> None:
        """A picture that was drawn elsewhere."""
        ctypes.memmove(self.memory(len(data)), data, len(data))

    def taken(self) -> memoryview:
        """What is to go through the pipe; nothing if it is shared."""
        own, self._own = self._own, None
        return memoryview(own).cast("B") if own is not None else memoryview(b"")
