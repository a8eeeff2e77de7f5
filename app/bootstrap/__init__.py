"""Where the parts are put together: one function per thing that can be opened or created."""
